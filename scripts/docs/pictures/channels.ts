/** What becomes of channels: groups, shuffles, and what is normalised together. */
import { apart, arrow, beside, type Fill, grid, map, type Piece, short, stacked, titled, words } from './svg'

const COLOURS: readonly Fill[] = ['a', 'b', 'c', 'd']

const colour = (i: number): Fill => COLOURS[i % COLOURS.length] as Fill

/** Channels above and below each other, with a line where an output reads an input. */
function connected(
  inputs: number,
  outputs: number,
  reads: (output: number, input: number) => boolean,
): Piece {
  const [size, height] = [24, 70]
  const width = Math.max(inputs, outputs) * size
  const at = (i: number, count: number) => (i + 0.5) * (width / count)
  const lines = [...Array(outputs).keys()].flatMap((o) =>
    [...Array(inputs).keys()].flatMap((i) =>
      reads(o, i)
        ? [
            `<line class="link" x1="${short(at(i, inputs))}" y1="16" x2="${short(at(o, outputs))}" y2="${height - 16}"/>`,
          ]
        : [],
    ),
  )
  const boxes = (count: number, y: number) =>
    [...Array(count).keys()].map(
      (i) => `<rect class="a" x="${short(at(i, count) - 8)}" y="${y}" width="16" height="16"/>`,
    )
  return { width, height, body: [...lines, ...boxes(inputs, 0), ...boxes(outputs, height - 16)].join('\n') }
}

export function depthwise(): Piece {
  return apart(
    titled(
      'conv',
      connected(4, 4, () => true),
    ),
    titled(
      'groups=2',
      connected(4, 4, (o, i) => Math.floor(o / 2) === Math.floor(i / 2)),
    ),
    titled(
      'depthwise_conv',
      connected(4, 4, (o, i) => o === i),
    ),
  )
}

export function separable(): Piece {
  return apart(
    titled(
      'each channel, 3×3',
      connected(4, 4, (o, i) => o === i),
    ),
    titled(
      'all channels, 1×1',
      connected(4, 4, () => true),
    ),
  )
}

export function shuffled(): Piece {
  const [groups, each] = [3, 3]
  const before = [...Array(groups * each).keys()]
  const after = before.map((i) => (i % groups) * each + Math.floor(i / groups))
  const row = (channels: readonly number[]) =>
    grid([channels.map((channel) => ({ fill: colour(Math.floor(channel / each)), text: channel }))])
  return beside(row(before), arrow('channel_shuffle(3)'), row(after))
}

/** Four channels of one position become a square. */
export function pixelShuffled(isBack: boolean): Piece {
  const channels = beside(...[0, 1, 2, 3].map((channel) => map(2, () => ({ fill: colour(channel) }))))
  const square = map(4, (x, y) => ({ fill: colour(2 * (y % 2) + (x % 2)) }))
  return isBack
    ? beside(square, arrow('space_to_depth(2)'), channels)
    : beside(channels, arrow('pixel_shuffle(2)'), square)
}

type Together = (image: number, channel: number, position: number) => boolean

const CHANNELS = 6
const POSITIONS = 5

/** Channels × positions of two images; what is normalised together with the first value is filled. */
export function normalised(together: Together): Piece {
  const table = (image: number) =>
    grid(
      [...Array(CHANNELS).keys()].map((channel) =>
        [...Array(POSITIONS).keys()].map((position) => ({
          fill: together(image, channel, position) ? 'a' : 'cell',
        })),
      ),
      18,
    )
  const images = apart(...[0, 1].map((image) => titled(`image ${image + 1}`, table(image))))
  return stacked(4, images, words('down: channels, across: positions', 'small'))
}

export const NORMALISED: Readonly<Record<string, Together>> = {
  batchnorm: (_, channel) => channel === 0,
  instancenorm: (image, channel) => image === 0 && channel === 0,
  groupnorm: (image, channel) => image === 0 && channel < 3,
  layernorm: (image, _, position) => image === 0 && position === 0,
  l2norm: (image, _, position) => image === 0 && position === 0,
  lrn: (image, channel, position) => image === 0 && position === 0 && channel < 3,
}
