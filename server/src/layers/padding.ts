/** Resolves paddings to amounts before and after each axis. */
import type { Padding } from '../model/layer'

/** The four numbers of a window along one axis that a named padding depends on. */
export interface PaddedWindow {
  readonly input: number
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
}

export interface Margins {
  readonly begin: number
  readonly end: number
}

/** How many positions a window spans: `d(k − 1) + 1`. */
export function span({ kernel, dilation }: Pick<PaddedWindow, 'kernel' | 'dilation'>): number {
  return dilation * (kernel - 1) + 1
}

/**
 * The padding of spatial axis `axis` in positions. `same` makes the output ⌈i/s⌉ and puts the odd position at
 * the end (TensorFlow's rule); `half` and `full` are those of Dumoulin & Visin (2016), §2.3–2.4.
 */
export function margins(padding: Padding, axis: number, window: PaddedWindow): Margins {
  if (!('name' in padding)) return { begin: padding.begin[axis] ?? 0, end: padding.end[axis] ?? 0 }
  const { input, stride } = window
  switch (padding.name) {
    case 'valid':
      return both(0)
    case 'half':
      return both(Math.floor(span(window) / 2))
    case 'full':
      return both(span(window) - 1)
    case 'same':
      return halves(Math.max(0, (Math.ceil(input / stride) - 1) * stride + span(window) - input))
  }
}

/**
 * The padding of a transposed convolution, which is that of the convolution it undoes: `same` makes the output
 * i·s, for which a kernel smaller than the stride is extended at the end (a negative amount).
 */
export function transposedMargins(padding: Padding, axis: number, window: PaddedWindow): Margins {
  if (!('name' in padding) || padding.name !== 'same') return margins(padding, axis, window)
  const total = span(window) - window.stride
  return total < 0 ? { begin: 0, end: total } : halves(total)
}

/** One amount for all axes, one per axis, or two per axis (begin, end); undefined for any other count. */
export function expandAmounts(amounts: readonly number[], axes: number): readonly Margins[] | undefined {
  const [first = 0] = amounts
  if (amounts.length === 1) return Array.from({ length: axes }, () => both(first))
  if (amounts.length === axes) return amounts.map(both)
  if (amounts.length !== 2 * axes) return undefined
  return Array.from({ length: axes }, (_, i) => ({
    begin: amounts[2 * i] as number,
    end: amounts[2 * i + 1] as number,
  }))
}

function both(amount: number): Margins {
  return { begin: amount, end: amount }
}

function halves(total: number): Margins {
  return { begin: Math.floor(total / 2), end: Math.ceil(total / 2) }
}
