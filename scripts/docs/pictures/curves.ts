/** Activations as curves. */
import { type Piece, short, written } from './svg'

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
const softplus = (x: number) => Math.log(1 + Math.exp(x))
const relu6 = (x: number) => Math.min(Math.max(x, 0), 6)
const elu = (x: number) => (x > 0 ? x : Math.exp(x) - 1)

/** The distribution function of the normal distribution, to four digits (Abramowitz & Stegun 26.2.17). */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const powers = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
  const tail =
    powers.reduce((sum, factor, i) => sum + factor * t ** (i + 1), 0) * 0.3989423 * Math.exp((-x * x) / 2)
  return x < 0 ? tail : 1 - tail
}

export const CURVES: Readonly<Record<string, (x: number) => number>> = {
  abs: Math.abs,
  elu,
  gelu: (x) => x * normal(x),
  hardsigmoid: (x) => relu6(x + 3) / 6,
  hardswish: (x) => (x * relu6(x + 3)) / 6,
  leaky_relu: (x) => Math.max(x, 0.1 * x),
  mish: (x) => x * Math.tanh(softplus(x)),
  prelu: (x) => Math.max(x, 0.25 * x),
  relu: (x) => Math.max(x, 0),
  relu6,
  selu: (x) => 1.0507 * (x > 0 ? x : 1.67326 * (Math.exp(x) - 1)),
  sigmoid,
  silu: (x) => x * sigmoid(x),
  softplus,
  tanh: Math.tanh,
}

const [LEFT, RIGHT, BOTTOM, TOP, UNIT] = [-8, 8, -2, 7, 20]
const STEPS = 320

/** y over x, with the axes and a mark at each second unit. */
export function curve(of: (x: number) => number): Piece {
  const place = (x: number, y: number) => `${short((x - LEFT) * UNIT)} ${short((TOP - y) * UNIT)}`
  const points = [...Array(STEPS + 1).keys()]
    .map((i) => LEFT + ((RIGHT - LEFT) * i) / STEPS)
    .map((x) => [x, of(x)] as const)
    .filter(([, y]) => y <= TOP && y >= BOTTOM)
  const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${place(x, y)}`).join('')
  const [zeroX, zeroY] = [-LEFT * UNIT, TOP * UNIT]
  const marks = [-6, -4, -2, 2, 4, 6]
  const onX = marks.map((x) =>
    written(String(x).replace('-', '−'), (x - LEFT) * UNIT, (TOP - BOTTOM) * UNIT + 10, 'small'),
  )
  const onY = marks
    .filter((y) => y > BOTTOM && y < TOP)
    .map((y) => written(String(y), zeroX - 10, (TOP - y) * UNIT, 'small'))
  const axes = `<path class="axis" d="M0 ${zeroY}H${(RIGHT - LEFT) * UNIT}M${zeroX} 0V${(TOP - BOTTOM) * UNIT}"/>`
  return {
    width: (RIGHT - LEFT) * UNIT,
    height: (TOP - BOTTOM) * UNIT + 16,
    body: [axes, ...onX, ...onY, `<path class="curve" d="${path}"/>`].join('\n'),
  }
}
