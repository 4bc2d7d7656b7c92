/** What a new layer or rule consists of, as texts. */
export interface Scaffold {
  /** Why the name cannot be taken; undefined when it can. */
  readonly refused: string | undefined
  /** New files by their paths. */
  readonly made: ReadonlyMap<string, string>
  /** Files that are there, with what becomes of their texts. */
  readonly changed: ReadonlyMap<string, (text: string) => string>
  /** What is left to do, for people. */
  readonly next: readonly string[]
}
