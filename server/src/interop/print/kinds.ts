/** What a block is called when the model does not say: by the layers that it is made of, as the literature names them. */
import { type Body, type Element, isBlock, isGrowth, isLayer } from './elements'

/** `bottleneck`, `inverted_residual`; undefined for what has no name in the literature. */
export function kindOfBody({ elements, outputs }: Body): string | undefined {
  const layers = elements.flatMap(layersOf)
  const has = (name: string) => layers.some(({ layer }) => layer.name === name)
  const last = elements.at(-1)
  const endsIn = (name: string) => elements.slice(-2).some((element) => isCall(element, name))
  const kernels = layers.flatMap(({ layer, options }) => (layer.name === 'conv' ? [options.kernel] : []))
  const isPointwise = (kernel: unknown) => kernel === 1 || String(kernel).replace(/[1,]/g, '') === ''
  if (outputs.length !== 1 || last === undefined) return undefined
  if (has('attention') && has('layernorm')) return 'transformer_block'
  if (isCall(last, 'mul') && has('global_avgpool')) return 'squeeze_excitation'
  if (has('depthwise_conv') && kernels.some(isPointwise))
    return has('add') ? 'inverted_residual' : 'separable_unit'
  if (endsIn('add')) {
    const [first, second, third] = kernels
    if (isPointwise(first) && !isPointwise(second) && isPointwise(third)) return 'bottleneck'
    if (kernels.length >= 2 && !isPointwise(first)) return 'basic_block'
    return 'residual'
  }
  if (isCall(elements[0], 'concat')) return 'dense_layer'
  if (elements.some(({ callee }) => isGrowth(callee))) return 'dense_block'
  if (isCall(last, 'concat')) return last.inputs.length === 2 && kernels.length === 3 ? 'fire' : 'inception'
  const isChain = elements.every(({ inputs }) => inputs.length === 1)
  if (isChain && elements.length <= 4) return elements.map(shortName).join('_')
  return undefined
}

function layersOf({ operations }: Element) {
  return operations.map(({ layer, options }) => ({ layer, options }))
}

function isCall(element: Element | undefined, name: string): boolean {
  return element !== undefined && isLayer(element.callee) && element.callee.name === name
}

function shortName({ callee }: Element): string {
  if (isGrowth(callee)) return callee.grows.wanted
  if (isBlock(callee)) return callee.wanted
  return callee.name === 'batchnorm' ? 'bn' : callee.name
}
