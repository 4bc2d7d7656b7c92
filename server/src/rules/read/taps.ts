/**
 * Which values of a map can change an output of the layers that are stacked on it, exactly, along one axis: the
 * composition of the layers' taps (Wang et al. 2018, §3.2, draw the same set).
 */

/** Offsets from the position of the output, as runs of neighbours from first to last, sorted, at least one apart. */
export type Taps = readonly (readonly [number, number])[]

/** What a map reads of itself. */
export const OWN: Taps = [[0, 0]]

/** More runs than this are not followed. */
const MOST_RUNS = 256

/** The taps through a window; undefined where there are too many to follow. */
export function throughWindow(
  taps: Taps,
  { kernel, dilation, begin }: { kernel: number; dilation: number; begin: number },
): Taps | undefined {
  const [first, last] = [-begin, dilation * (kernel - 1) - begin]
  const [run] = taps
  // Copies of a run that are no further apart than it is long leave no hole.
  if (taps.length === 1 && run && run[1] - run[0] + 1 >= dilation) return [[run[0] + first, run[1] + last]]
  if (kernel * taps.length > MOST_RUNS) return undefined
  const copies: [number, number][] = []
  for (let j = 0; j < kernel; j++) {
    const shift = dilation * j - begin
    for (const [low, high] of taps) copies.push([low + shift, high + shift])
  }
  return joined(copies)
}

/** The taps of paths that merge. */
export function union(a: Taps, b: Taps): Taps {
  return a === b ? a : joined([...a, ...b])
}

/** The taps with all between the first and the last. */
export function filled(taps: Taps): Taps {
  const [first, last] = [taps[0], taps.at(-1)]
  return taps.length > 1 && first && last ? [[first[0], last[1]]] : taps
}

/** The offsets between the first and the last that are not read. */
export function holes(taps: Taps): readonly number[] {
  return taps.slice(1).flatMap(([low], i) => {
    const before = (taps[i] as readonly [number, number])[1]
    return Array.from({ length: low - before - 1 }, (_, n) => before + 1 + n)
  })
}

function joined(runs: readonly (readonly [number, number])[]): Taps {
  const found: [number, number][] = []
  for (const [low, high] of [...runs].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1)
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high)
    else found.push([low, high])
  }
  return found
}
