/** Activations that exporters spell out. */
import type { ImportTensor, Operation } from '../graph/graph'
import { eitherWay, type Fold, is, nearly, only, standing, type Wiring } from './pattern'

const silu: Fold = {
  name: 'x · sigmoid(x) is silu',
  match(last, wiring) {
    if (!is(last, 'mul')) return undefined
    for (const [x, gate] of eitherWay(last)) {
      const sigmoid = only(wiring, gate, 'sigmoid')
      if (sigmoid?.inputs[0] !== x) continue
      const parts = [sigmoid, last]
      return { parts, made: [standing(last, 'silu', [x], {}, parts)] }
    }
    return undefined
  },
}

/** `relu6(x + 3)`: its last operation and x. */
function clippedAtThree(wiring: Wiring, tensor: ImportTensor | undefined) {
  const clipped = only(wiring, tensor, 'relu6')
  const shifted = only(wiring, clipped?.inputs[0], 'affine')
  if (clipped === undefined || shifted === undefined || shifted.options.offset !== 3) return undefined
  if (shifted.options.factor !== undefined && shifted.options.factor !== 1) return undefined
  return { x: shifted.inputs[0] as ImportTensor, parts: [shifted, clipped] }
}

function isSixth(operation: Operation | undefined): boolean {
  return nearly(operation?.options.factor, 1 / 6) && operation?.options.offset === undefined
}

const hardsigmoid: Fold = {
  name: 'relu6(x + 3) / 6 is hardsigmoid',
  match(last, wiring) {
    if (!is(last, 'affine') || !isSixth(last)) return undefined
    const found = clippedAtThree(wiring, last.inputs[0])
    if (found === undefined) return undefined
    const parts = [...found.parts, last]
    return { parts, made: [standing(last, 'hardsigmoid', [found.x], {}, parts)] }
  },
}

const hardswish: Fold = {
  name: 'x · hardsigmoid(x) is hardswish',
  match(last, wiring) {
    if (is(last, 'mul')) {
      for (const [x, gate] of eitherWay(last)) {
        const sigmoid = only(wiring, gate, 'hardsigmoid')
        if (sigmoid?.inputs[0] !== x) continue
        const parts = [sigmoid, last]
        return { parts, made: [standing(last, 'hardswish', [x], {}, parts)] }
      }
    }
    if (!is(last, 'affine') || !isSixth(last)) return undefined
    const product = only(wiring, last.inputs[0], 'mul')
    for (const [x, gate] of product === undefined ? [] : eitherWay(product)) {
      const found = clippedAtThree(wiring, gate)
      if (found?.x !== x) continue
      const parts = [...found.parts, product as Operation, last]
      return { parts, made: [standing(last, 'hardswish', [x], {}, parts)] }
    }
    return undefined
  },
}

/** Hendrycks & Gimpel 2016, §2: x · (1 + erf(x / √2)) / 2, in the orders in which the factors are met. */
const gelu: Fold = {
  name: 'x · (1 + erf(x / √2)) / 2 is gelu',
  match(last, wiring) {
    const halved = is(last, 'affine') && nearly(last.options.factor, 0.5) ? last : undefined
    const product = halved === undefined ? last : only(wiring, halved.inputs[0], 'mul')
    if (product === undefined || !is(product, 'mul')) return undefined
    for (const [a, b] of eitherWay(product)) {
      const shifted = only(wiring, b, 'affine')
      if (shifted?.options.offset !== 1 || shifted.options.factor !== undefined) continue
      const erf = wiring.maker(shifted.inputs[0])
      const scaled = wiring.maker(erf?.inputs[0])
      if (erf?.called !== 'Erf' || !is(scaled, 'affine') || !nearly(scaled.options.factor, Math.SQRT1_2))
        continue
      const x = scaled.inputs[0] as ImportTensor
      // Some halve x before the product, others halve the product.
      const half = halved === undefined ? only(wiring, a, 'affine') : undefined
      const isHalf = half !== undefined && nearly(half.options.factor, 0.5) && half.inputs[0] === x
      if (halved !== undefined ? a !== x : !isHalf) continue
      const parts = [
        scaled,
        erf,
        shifted,
        ...(half === undefined ? [] : [half]),
        product,
        ...(halved ? [halved] : []),
      ]
      return { parts, made: [standing(last, 'gelu', [x], {}, parts)] }
    }
    return undefined
  },
}

const mish: Fold = {
  name: 'x · tanh(softplus(x)) is mish',
  match(last, wiring) {
    if (!is(last, 'mul')) return undefined
    for (const [x, gate] of eitherWay(last)) {
      const tanh = only(wiring, gate, 'tanh')
      const softplus = only(wiring, tanh?.inputs[0], 'softplus')
      if (tanh === undefined || softplus?.inputs[0] !== x) continue
      const parts = [softplus, tanh, last]
      return { parts, made: [standing(last, 'mish', [x], {}, parts)] }
    }
    return undefined
  },
}

export const ACTIVATIONS: readonly Fold[] = [silu, hardsigmoid, hardswish, gelu, mish]
