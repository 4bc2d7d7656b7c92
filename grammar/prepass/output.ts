import type * as t from '../tokens'

/**
 * The tokens that a pass lets through or puts in. As long as it lets every token through, nothing is copied: the
 * result is then the list that it was given, as in most passes over a correct text.
 */
export class TokenOutput {
  private copy: t.Token[] | undefined
  /** How many tokens of the source have been let through while there is no copy. */
  private kept = 0

  /** @param source the list that the pass goes through */
  constructor(private readonly source: t.Token[]) {}

  push(token: t.Token): void {
    if (this.copy === undefined && token === this.source[this.kept]) {
      this.kept++
    } else {
      this.copy ??= this.source.slice(0, this.kept)
      this.copy.push(token)
    }
  }

  /** A token counted from the end: 1 is the last. */
  last(back = 1): t.Token | undefined {
    return this.copy ? this.copy[this.copy.length - back] : this.source[this.kept - back]
  }

  /** All tokens, once the pass has come to its end. */
  tokens(): t.Token[] {
    if (this.copy) return this.copy
    return this.kept === this.source.length ? this.source : this.source.slice(0, this.kept)
  }
}
