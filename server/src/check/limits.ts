/** How much the evaluations of one file may do together. What makes more is taken for a mistake, and reported as one. */
export interface Limits {
  /** Layers in all networks of a file. */
  readonly layers: number
  /** Steps beyond those that the layers made account for. */
  readonly steps: number
  /** From so many layers on, a loop is judged by the layers that it has made so far. */
  readonly pace: number
}

/** What an analysis has spent of its limits: its networks, examples, blocks and constants together. */
export interface Spent {
  steps: number
  layers: number
  /** Names that were compared with unknown ones, to suggest what may be meant. */
  compared: number
  /** A limit has been reached, and that has been reported: what follows is not evaluated. */
  isOver: boolean
}

export const nothingSpent = (): Spent => ({ steps: 0, layers: 0, compared: 0, isOver: false })

/** The largest file that is read: a text of this size already takes long. */
export const MOST_BYTES = 10_000_000

export const LIMITS: Limits = { layers: 100_000, steps: 1_000_000, pace: 10_000 }
