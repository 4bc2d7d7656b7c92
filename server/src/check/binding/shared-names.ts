/** Names that are functions on numbers and layers: `abs`, `max`, `min`, `sum`. */
import type { Call } from '../../../../grammar/tree'
import type { AnyLayer } from '../../model/layer'

/** Whether a call gives an option or a tensor that only the layer has by that name. */
export function givesOfLayer({ args }: Call, { options, tensors }: AnyLayer): boolean {
  const names = [...Object.keys(options), ...tensors.map(({ name }) => name)]
  return args.some(({ name }) => name !== undefined && names.includes(name.name))
}
