/** What is said where maps that meet differ because of a border: one that a window lost, or that was added or cut. */

/** A stage that does not keep the size, or not as its stride says. */
export interface ChangedBorder {
  readonly kind: 'lost' | 'added' | 'spread' | 'by hand'
  /** The layer as one would write it. */
  readonly call: string
  readonly input: number
  readonly output: number
  /** What it would make with a border kept; the input where it moves by one position. */
  readonly kept: number
  /** It has no padding at all. */
  readonly isBare?: boolean
  /** For one that is padded at both ends by all that its window reaches: how far that is, and the padding at the begin alone. */
  readonly ahead?: { readonly reach: number; readonly padding: string }
}

/** `conv(64, 3) makes 54 of 56`; with a stride also what it would make: `makes 27 of 56, not 28`. */
export function borderText({ kind, call, input, output, kept, isBare, ahead }: ChangedBorder): string {
  const made = `makes ${output} of ${input}`
  if (ahead) return `${call} is padded by ${ahead.reach} at both ends and ${made}`
  return `${call} ${isBare ? 'without padding ' : ''}${made}${kind === 'by hand' || kept === input ? '' : `, not ${kept}`}`
}

export function borderCause(borders: readonly ChangedBorder[]): string {
  return borders.map(borderText).join(', ')
}

/** What to do about the first of them, or all. */
export function borderRemedy([first, ...others]: readonly ChangedBorder[]): string {
  const it = others.length > 0 ? 'them' : 'it'
  if (first?.ahead) return `pad the begin alone (padding=${first.ahead.padding}), or cut the end off by crop`
  switch (first?.kind) {
    case 'by hand':
      return `let ${it} take the size of the other tensor`
    case 'spread':
      return `pad ${it}: padding makes the output of a transposed convolution smaller`
    case 'added':
      return `give ${it} less padding, or center_crop the larger map to the smaller`
    default:
      return `pad ${it} (padding=half), or center_crop the larger map to the smaller`
  }
}
