/** Layers that put values at other places, add some, or take some away. */
import { apart, arrow, beside, type Cell, grid, map, type Piece, stacked, titled, written } from './svg'

const line = (cells: readonly Cell[]) => grid([cells])
const numbers = (values: readonly number[]) => line(values.map((text) => ({ fill: 'a', text })))

/** What stands in a padding of two, for each mode. */
export function paddingModes(): Piece {
  const values = [1, 2, 3, 4]
  const last = values.length - 1
  const modes: readonly (readonly [string, (place: number) => string | number])[] = [
    ['zeros', () => 0],
    ['mean', () => values.reduce((sum, value) => sum + value, 0) / values.length],
    ['nearest', (place) => values[Math.min(Math.max(place, 0), last)] as number],
    ['reflect', (place) => values[place < 0 ? -place : 2 * last - place] as number],
    ['circular', (place) => values.at(place % values.length) as number],
  ]
  const rows = modes.map(([mode, at]) => {
    const places = [-2, -1, 0, 1, 2, 3, 4, 5]
    const cells = places.map((place): Cell => {
      const isInside = place >= 0 && place <= last
      return { fill: isInside ? 'a' : 'b', text: isInside ? (values[place] as number) : at(place) }
    })
    return beside(grid([cells], 26), { width: 70, height: 20, body: written(mode, 0, 10, 'start') })
  })
  return stacked(4, ...rows)
}

/** A part of a map. */
export function cropped(left: number, top: number, size: number, label: string): Piece {
  const isInside = (x: number, y: number) => x >= left && x < left + size && y >= top && y < top + size
  return beside(
    map(7, (x, y) => ({ fill: isInside(x, y) ? 'a' : 'cell' })),
    arrow(label),
    map(size, () => ({ fill: 'a' })),
  )
}

export function rolled(): Piece {
  const values = [1, 2, 3, 4, 5]
  const shift = 2
  return beside(
    numbers(values),
    arrow(`roll(${shift}, axis=…)`),
    numbers(values.map((_, i) => values.at((i - shift) % values.length) as number)),
  )
}

export function flipped(): Piece {
  const values = [1, 2, 3, 4, 5]
  return beside(numbers(values), arrow('flip'), numbers(values.toReversed()))
}

const CORNERS = [
  [0, 4],
  [8, 2],
] as const

/** Twice as large: output n lies at (n + ½)/2 − ½ of the input. */
export function enlarged(): Piece {
  const source = map(2, (x, y) => ({ fill: 'a', text: CORNERS[y]?.[x] as number }), 32)
  const nearest = map(
    4,
    (x, y) => ({ fill: 'a', text: CORNERS[Math.floor(y / 2)]?.[Math.floor(x / 2)] as number }),
    32,
  )
  const weight = (n: number) => Math.min(1, Math.max(0, (n + 0.5) / 2 - 0.5))
  const bilinear = map(
    4,
    (x, y) => {
      const [wx, wy] = [weight(x), weight(y)]
      const along = (row: readonly [number, number]) => row[0] * (1 - wx) + row[1] * wx
      const value = along(CORNERS[0]) * (1 - wy) + along(CORNERS[1]) * wy
      return { fill: 'a', text: Math.round(10 * value) / 10 }
    },
    32,
  )
  return beside(source, arrow(), apart(titled('nearest', nearest), titled('bilinear', bilinear)))
}

/** Positions that are dropped; made up, and the same at every run. */
const DROPPED = new Set(['1,0', '4,1', '6,2', '2,3', '5,4', '0,5', '3,6', '6,6', '3,1'])

function dropping(isDropped: (x: number, y: number) => boolean): Piece {
  return map(7, (x, y) => (isDropped(x, y) ? { fill: 'pad', text: 0 } : { fill: 'a' }))
}

export function dropped(): Piece {
  return apart(
    titled(
      'dropout',
      dropping((x, y) => DROPPED.has(`${x},${y}`)),
    ),
    titled(
      'dropblock, block=3',
      dropping((x, y) => x >= 1 && x <= 3 && y >= 2 && y <= 4),
    ),
  )
}
