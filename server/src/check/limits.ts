/** How much one evaluation may do. What makes more is taken for a mistake, and reported as one. */
export interface Limits {
  /** Layers in a network. */
  readonly layers: number
  /** Steps beyond those that the layers made account for. */
  readonly steps: number
  /** From so many layers on, a loop is judged by the layers that it has made so far. */
  readonly pace: number
}

export const LIMITS: Limits = { layers: 200_000, steps: 1_000_000, pace: 10_000 }
