/** Crops or resizes maps where they meet, so that they have one size. */
import { bySize } from './branches'
import type { Candidate } from './fix'
import { insertLayers, referenceTo, type StageContext, tensorText } from './stage'

/** Crops the larger maps to a smaller one, or resizes the smaller ones to a larger. */
export function* matched(
  context: StageContext,
  layer: 'center_crop' | 'resize',
  side: 'small' | 'large',
): Generator<Candidate> {
  const { stage } = context
  const sizes = bySize(stage.inputs)
  const others = side === 'large' ? sizes.small : sizes.large
  for (const other of others) {
    const text = tensorText(context, other)
    const name = text && referenceTo(text)
    if (name === undefined) continue
    const edits = sizes[side].map((index) => insertLayers(context, index, `${layer}(${name})`))
    if (edits.some((edit) => edit === undefined)) continue
    const verb = layer === 'center_crop' ? 'Crop' : 'Resize'
    const what = side === 'large' ? 'larger' : 'smaller'
    yield {
      action: `${verb} the ${what} map to ${name}`,
      file: stage.file,
      edits: edits.flatMap((edit) => edit ?? []),
    }
    return
  }
}
