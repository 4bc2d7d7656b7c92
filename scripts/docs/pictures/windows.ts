/** Windows on maps: convolutions, poolings, and what undoes them. The sizes are those that the layers compute. */
import { margins } from '../../../server/src/layers/padding'
import { floorCount, type WindowAxis, windowAxes } from '../../../server/src/layers/window'
import { apart, arrow, beside, type Cell, frame, grid, map, over, type Piece, stacked, titled } from './svg'

interface Window {
  readonly input: number
  readonly kernel: number
  readonly stride?: number
  readonly padding?: number
  readonly dilation?: number
}

function axisOf({ input, kernel, stride = 1, padding = 0, dilation = 1 }: Window): WindowAxis {
  const options = { kernel: [kernel], stride: [stride], dilation: [dilation] }
  const [axis] = windowAxes(
    [1, input],
    { ...options, padding: { begin: [padding], end: [padding] } },
    margins,
  )
  return axis as WindowAxis
}

/** The window of output (x, 0), and of the one before where it is shown. */
function convolved(window: Window, at: number, before?: number): Piece {
  const axis = axisOf(window)
  const { input, begin, kernel, stride, dilation } = axis
  const reads = (output: number, x: number, y: number) => {
    const [left, top] = [x - output * stride, y]
    return [left, top].every((step) => step >= 0 && step % dilation === 0 && step / dilation < kernel)
  }
  const padded = map(input + 2 * begin, (x, y): Cell => {
    const isPadding = [x, y].some((place) => place < begin || place >= begin + input)
    if (reads(at, x, y)) return { fill: 'a' }
    if (before !== undefined && reads(before, x, y)) return { fill: 'b' }
    return { fill: isPadding ? 'pad' : 'cell' }
  })
  const output = map(
    floorCount(axis),
    (x, y): Cell => ({ fill: y > 0 ? 'cell' : x === at ? 'a' : x === before ? 'b' : 'cell' }),
  )
  return beside(padded, arrow(), output)
}

export function convolution(): Piece {
  return apart(
    titled('padding=1', convolved({ input: 4, kernel: 3, padding: 1 }, 0)),
    titled('stride=2', convolved({ input: 5, kernel: 3, stride: 2 }, 1, 0)),
    titled('dilation=2', convolved({ input: 7, kernel: 3, dilation: 2 }, 0)),
  )
}

/** How many windows lie on each position of the output of a transposed convolution. */
function overlaps(input: number, kernel: number, stride: number): Piece {
  const side = (input - 1) * stride + kernel
  const windows = (place: number) =>
    [...Array(input).keys()].filter((i) => place >= i * stride && place < i * stride + kernel).length
  const shades = ['cell', 'cell', 'a', 'a', 'b'] as const
  return map(side, (x, y) => {
    const count = windows(x) * windows(y)
    return { fill: shades[count] ?? 'b', text: count }
  })
}

export function transposed(): Piece {
  const input = map(2, (x, y) => ({ fill: x === 1 && y === 0 ? 'a' : x === 0 && y === 0 ? 'b' : 'cell' }))
  const output = map(5, (x, y): Cell => {
    const [first, second] = [x < 3 && y < 3, x >= 2 && y < 3]
    return { fill: first && second ? 'd' : first ? 'b' : second ? 'a' : 'cell' }
  })
  return apart(
    titled('two windows', beside(input, arrow(), output)),
    titled('windows per position: kernel 3, stride 2', overlaps(3, 3, 2)),
    titled('kernel 2, stride 2', overlaps(3, 2, 2)),
  )
}

/** Numbers that the pictures of poolings share. */
const VALUES = [
  [1, 3, 2, 0],
  [5, 2, 4, 6],
  [0, 7, 1, 3],
  [2, 3, 8, 4],
] as const

const COLOURS = ['a', 'b', 'c', 'd'] as const

const quarter = (x: number, y: number) =>
  COLOURS[2 * Math.floor(y / 2) + Math.floor(x / 2)] as (typeof COLOURS)[number]

const valuesMap = () => map(4, (x, y) => ({ fill: quarter(x, y), text: VALUES[y]?.[x] as number }))

function block(x: number, y: number): readonly number[] {
  return [0, 1].flatMap((dy) => [0, 1].map((dx) => VALUES[2 * y + dy]?.[2 * x + dx] as number))
}

const pooledMap = (take: (values: readonly number[]) => number) =>
  map(2, (x, y) => ({ fill: quarter(2 * x, 2 * y), text: take(block(x, y)) }), 30)

const largest = (values: readonly number[]) => Math.max(...values)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

export function largestOfWindows(): Piece {
  return beside(valuesMap(), arrow('maxpool(2)'), pooledMap(largest))
}

export function meanOfWindows(): Piece {
  return beside(valuesMap(), arrow('avgpool(2)'), pooledMap(mean))
}

export function unpooled(): Piece {
  const back = map(4, (x, y) => {
    const [own, all] = [VALUES[y]?.[x] as number, block(Math.floor(x / 2), Math.floor(y / 2))]
    return own === largest(all) ? { fill: quarter(x, y), text: own } : { text: 0 }
  })
  return beside(valuesMap(), arrow('maxpool(2)'), pooledMap(largest), arrow('max_unpool'), back)
}

export function unfolded(): Piece {
  const rows = [0, 1, 2, 3].map((place) =>
    [0, 1, 2, 3].map((window) => ({
      fill: COLOURS[window] as (typeof COLOURS)[number],
      text: block(window % 2, Math.floor(window / 2))[place] as number,
    })),
  )
  return beside(valuesMap(), arrow('unfold(2, stride=2)'), titled('channels × windows', grid(rows)))
}

/** Windows of an adaptive pooling along one axis, by PyTorch's rule. */
export function adaptive(): Piece {
  const [input, output] = [7, 3]
  const lines = [...Array(output).keys()].map((n) => {
    const [from, to] = [Math.floor((n * input) / output), Math.ceil(((n + 1) * input) / output)]
    return grid([
      [...Array(input).keys()].map((i): Cell => ({ fill: i >= from && i < to ? 'a' : 'cell', text: i })),
    ])
  })
  const results = lines.map((line, n) => beside(line, arrow(`output ${n}`)))
  return stacked(4, ...results)
}

/** The same map under grids of 4, 2 and 1 cells along each axis. */
export function pyramid(): Piece {
  const side = 96
  const divided = (bins: number) => map(bins, () => ({ fill: 'a' }), side / bins)
  const cells = (bins: number) => titled(`${bins}×${bins} cells`, divided(bins))
  return beside(
    ...[4, 2, 1].map(cells),
    arrow('join all cells'),
    grid(
      [...Array(7).keys()].map(() => [
        { fill: 'a' as const },
        { fill: 'a' as const },
        { fill: 'a' as const },
      ]),
      12,
    ),
  )
}

const TAPS = [-1, 0, 1]
/** Made up: where each tap of the window is moved to. */
const OFFSETS = [
  [-0.7, -0.5],
  [0.3, -0.9],
  [0.9, -0.2],
  [-0.9, 0.4],
  [0.2, 0.3],
  [0.7, 0.5],
  [-0.4, 0.9],
  [0.1, 0.8],
  [1.1, 0.7],
] as const

export function deformed(): Piece {
  const size = 24
  const plain = map(
    7,
    (x, y) => ({ fill: Math.abs(x - 3) <= 1 && Math.abs(y - 3) <= 1 ? 'a' : 'cell' }),
    size,
  )
  const marks = TAPS.flatMap((dy, row) =>
    TAPS.map((dx, column) => {
      const [x, y] = [(3.5 + dx) * size, (3.5 + dy) * size]
      const [ox, oy] = OFFSETS[3 * row + column] as readonly [number, number]
      const end = `${Math.round(x + ox * size)} ${Math.round(y + oy * size)}`
      const [cx, cy] = end.split(' ')
      return `<path class="link" d="M${x} ${y}L${end}"/><circle class="point" cx="${cx}" cy="${cy}" r="4"/>`
    }),
  )
  return apart(titled('conv', plain), titled('deform_conv', over(plain, ...marks)))
}

/** A region over a map: pooled, its borders are rounded to positions; aligned, points between them are read. */
const REGION = { x: 1.3, y: 0.7, width: 3, height: 3.5 } as const

function regionMap(): Piece {
  const size = 26
  const { x, y, width, height } = REGION
  return over(
    map(7, () => ({}), size),
    frame(x * size, y * size, width * size, height * size),
  )
}

export function regionPooled(): Piece {
  const size = 26
  const [left, top] = [Math.round(REGION.x), Math.round(REGION.y)]
  // The last position belongs to the region, as in Fast R-CNN.
  const [right, bottom] = [Math.round(REGION.x + REGION.width) + 1, Math.round(REGION.y + REGION.height) + 1]
  const cellOf = (place: number, from: number, to: number) =>
    place < from || place >= to ? -1 : place < (from + to) / 2 ? 0 : 1
  const rounded = map(
    7,
    (x, y) => {
      const [column, row] = [cellOf(x, left, right), cellOf(y, top, bottom)]
      return {
        fill: column < 0 || row < 0 ? 'cell' : (COLOURS[2 * row + column] as (typeof COLOURS)[number]),
      }
    },
    size,
  )
  const output = map(2, (x, y) => ({ fill: COLOURS[2 * y + x] as (typeof COLOURS)[number], text: 'max' }), 34)
  return beside(
    titled('a region', regionMap()),
    arrow(),
    titled('rounded to positions', rounded),
    arrow(),
    output,
  )
}

export function regionAligned(): Piece {
  const size = 26
  const { x, y, width, height } = REGION
  const steps = [1, 3, 5, 7].map((step) => step / 8)
  const points = steps.flatMap((row) =>
    steps.map((column) => {
      const [cx, cy] = [(x + column * width) * size, (y + row * height) * size]
      return `<circle class="point" cx="${Math.round(cx)}" cy="${Math.round(cy)}" r="3"/>`
    }),
  )
  const [w, h] = [(width * size) / 2, (height * size) / 2]
  const cells = [0, 1].flatMap((row) =>
    [0, 1].map((column) => frame(x * size + column * w, y * size + row * h, w, h)),
  )
  const output = map(2, () => ({ fill: 'a', text: 'mean' }), 38)
  return beside(
    titled('a region', regionMap()),
    arrow(),
    titled(
      'points of four cells',
      over(
        map(7, () => ({}), size),
        ...cells,
        ...points,
      ),
    ),
    arrow(),
    output,
  )
}

/** The row and the column of a position. */
export function crissCross(): Piece {
  return map(7, (x, y) => ({ fill: x === 4 && y === 2 ? 'b' : x === 4 || y === 2 ? 'a' : 'cell' }))
}
