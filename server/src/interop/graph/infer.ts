/** What an operation makes, by the declaration of its layer. */
import { bindOptions } from '../../check/binding/options'
import type { Value } from '../../model/graph'
import type { AnyLayer } from '../../model/layer'
import type { Shape } from '../../model/shape'
import { sentence } from '../../model/words'
import type { ImportOptions } from './graph'

export type Inferred = { readonly shapes: readonly Shape[] } | { readonly fault: string }

/**
 * The outputs' shapes for one image, or why the layer cannot be applied to inputs of these shapes: the words of the
 * constraint that they violate.
 */
export function inferShapes(layer: AnyLayer, options: ImportOptions, inputs: readonly Shape[]): Inferred {
  const faults: string[] = []
  const [first] = inputs
  const axes = first === undefined ? 0 : Math.max(0, first.length - 1)
  const bound = bindOptions(
    layer,
    (name) => options[name] as Value | undefined,
    axes,
    (fault) =>
      faults.push(
        fault.kind === 'missing'
          ? `${layer.name} needs ${fault.option}`
          : `${fault.option} of ${layer.name} is ${fault.value}, where it needs ${fault.needs}`,
      ),
  )
  if (bound === undefined) return { fault: faults.join('; ') }
  const inferred = layer.infer({ shapes: inputs, items: inputs.map(() => 1), options: bound })
  if ('constraint' in inferred) return { fault: sentence(inferred.constraint.words(inferred.data)) }
  return { shapes: inferred.shapes }
}
