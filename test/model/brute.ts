/**
 * Layers along one axis, carried out on regions in place of numbers: each cell holds the first and the last
 * input pixel that it depends on, or null for a zero of the padding. Written from the layers' definitions,
 * without the maps that are tested against it.
 */
import {
  type AxisMap,
  adaptiveMap,
  interpolatedMap,
  nearestMap,
  shiftMap,
  transposedMap,
  windowMap,
} from '../../server/src/model/axis-map'

export type Cell = { readonly low: number; readonly high: number } | null

/** What is done to the cells, and the map that stands for it. */
export interface Step {
  readonly name: string
  readonly map: AxisMap
  readonly run: (cells: readonly Cell[]) => readonly Cell[]
}

export function pixels(count: number): readonly Cell[] {
  return Array.from({ length: count }, (_, n) => ({ low: n, high: n }))
}

export function union(cells: readonly Cell[]): Cell {
  const seen = cells.filter((cell) => cell !== null)
  if (seen.length === 0) return null
  return { low: Math.min(...seen.map(({ low }) => low)), high: Math.max(...seen.map(({ high }) => high)) }
}

function zeros(count: number): readonly Cell[] {
  return Array.from({ length: count }, () => null)
}

interface Window {
  readonly kernel: number
  readonly stride: number
  readonly padding: number
  readonly dilation: number
}

/** A convolution or pooling: zeros around, then a window that moves by the stride. */
export function windowStep({ kernel, stride, padding, dilation }: Window): Step {
  return {
    name: `window(k=${kernel}, s=${stride}, p=${padding}, d=${dilation})`,
    map: windowMap({ kernel, stride, begin: padding, dilation }),
    run: (cells) => {
      const padded = [...zeros(padding), ...cells, ...zeros(padding)]
      const outputs: Cell[] = []
      for (let start = 0; start + dilation * (kernel - 1) < padded.length; start += stride) {
        outputs.push(union(Array.from({ length: kernel }, (_, j) => padded[start + dilation * j] ?? null)))
      }
      return outputs
    },
  }
}

/** A transposed convolution: every input adds a window to the output, whose borders are then cut off. */
export function transposedStep({ kernel, stride, padding, dilation }: Window): Step {
  return {
    name: `transposed(k=${kernel}, s=${stride}, p=${padding}, d=${dilation})`,
    map: transposedMap({ kernel, stride, begin: padding, dilation }),
    run: (cells) => {
      const outputs: Cell[][] = Array.from(
        { length: (cells.length - 1) * stride + dilation * (kernel - 1) + 1 },
        () => [],
      )
      for (const [i, cell] of cells.entries()) {
        for (let j = 0; j < kernel; j++) outputs[i * stride + dilation * j]?.push(cell)
      }
      return outputs.slice(padding, outputs.length - padding).map(union)
    },
  }
}

/** Nearest-neighbour sampling by the factor to/from. */
export function nearestStep(from: number, to: number): Step {
  return {
    name: `nearest(${from} → ${to})`,
    map: nearestMap(from, to),
    run: (cells) =>
      Array.from({ length: Math.floor((cells.length * to) / from) }, (_, n) => {
        return cells[Math.floor((n * from) / to)] ?? null
      }),
  }
}

/** Linear or cubic interpolation by the factor to/from at half-pixel centres: taps of weight 0 do not count. */
export function interpolationStep(from: number, to: number, reach: 1 | 2): Step {
  return {
    name: `${reach === 1 ? 'linear' : 'cubic'}(${from} → ${to})`,
    map: interpolatedMap(from, to, reach),
    run: (cells) =>
      Array.from({ length: Math.floor((cells.length * to) / from) }, (_, n) => {
        // In units of 1/(2·to), where the sampled position is a whole number.
        const position = (2 * n + 1) * from - to
        const below = Math.floor(position / (2 * to))
        const exact = position === below * 2 * to
        const taps = exact ? [below] : Array.from({ length: 2 * reach }, (_, j) => below - reach + 1 + j)
        return union(taps.map((tap) => cells[Math.min(cells.length - 1, Math.max(0, tap))] ?? null))
      }),
  }
}

/** Adaptive pooling of every `from` positions into `to`; the length is cut to a whole number of these. */
export function adaptiveStep(from: number, to: number): Step {
  return {
    name: `adaptive(${from} → ${to})`,
    map: adaptiveMap(from * 1000, to * 1000),
    run: (cells) => {
      const inputs = Math.floor(cells.length / from) * from
      const outputs = (inputs * to) / from
      return Array.from({ length: outputs }, (_, n) => {
        return union(cells.slice(Math.floor((n * inputs) / outputs), Math.ceil(((n + 1) * inputs) / outputs)))
      })
    },
  }
}

/** Zeros before the first position, or positions cut off there. */
export function shiftStep(begin: number): Step {
  return {
    name: `shift(${begin})`,
    map: shiftMap(begin),
    run: (cells) => (begin < 0 ? cells.slice(-begin) : [...zeros(begin), ...cells]),
  }
}
