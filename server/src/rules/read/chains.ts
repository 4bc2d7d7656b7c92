/** Follows tensors through layers that matter little to a rule. */
import type { LayerNode, Tensor } from '../../model/graph'
import type { SurveyedNetwork } from '../frame/survey'

/** Move values or leave them as they are, and never mix two of them. */
export const REARRANGING: readonly string[] = [
  'channel_shuffle',
  'flatten',
  'identity',
  'permute',
  'pixel_shuffle',
  'reshape',
  'space_to_depth',
]

/** Drop values in training and pass them through at inference. */
export const DROPPING: readonly string[] = ['drop_path', 'dropblock', 'dropout']

/** What made a tensor, seen through layers of one tensor with these names; undefined for an input. */
export function madeBy(tensor: Tensor, through: ReadonlySet<string>): LayerNode | undefined {
  let { source } = tensor
  while (source.kind === 'layer' && through.has(source.layer.name))
    source = (source.inputs[0] as Tensor).source
  return source.kind === 'layer' ? source : undefined
}

/** The same where nothing else reads the tensors on the way. */
export function madeOnlyFor(
  node: LayerNode,
  network: SurveyedNetwork,
  through: ReadonlySet<string>,
): LayerNode | undefined {
  let reader = node
  for (;;) {
    const tensor = reader.inputs[0] as Tensor
    const { source } = tensor
    if (source.kind !== 'layer' || network.onlyReader(tensor) !== reader) return undefined
    if (!through.has(source.layer.name)) return source
    reader = source
  }
}
