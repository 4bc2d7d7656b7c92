import type { Range, SourceFile } from '../tree'

/** Where a file's problems stand. */
export interface Faults {
  /** Whether a problem starts in the range. */
  any(range: Range): boolean
  /** Whether a brace in the range has no partner; then the layout decides what belongs to what. */
  brace(range: Range): boolean
}

export function findFaults(file: SourceFile): Faults {
  const isBrace = ({ code, start }: SourceFile['problems'][number]) =>
    code === 'unclosed-brace' || (code === 'unmatched-bracket' && /[{}]/.test(file.text.charAt(start)))
  return {
    any: within(file.problems.map(({ start }) => start)),
    brace: within(file.problems.filter(isBrace).map(({ start }) => start)),
  }
}

function within(offsets: number[]): (range: Range) => boolean {
  const sorted = offsets.sort((a, b) => a - b)
  return ({ start, end }) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] as number) < start) low = middle + 1
      else high = middle
    }
    return low < sorted.length && (sorted[low] as number) <= end
  }
}
