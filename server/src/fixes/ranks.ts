/** Fixes for tensors with too many or too few axes. */
import { nodesAt } from '../../../grammar/walk'
import type { Candidate } from './fix'
import { atStage, insertLayers, type StageContext } from './stage'

/** A linear layer on a feature map: flatten the map, or average it first. */
export const linearOnFeatureMap = atStage(function* (context) {
  for (const layers of [['flatten'], ['global_avgpool', 'flatten']]) {
    for (const candidate of before(context, layers)) yield { ...candidate, costs: true }
  }
})

function* before(context: StageContext, layers: readonly string[], index = 0): Generator<Candidate> {
  const edits = insertLayers(context, index, layers.join(' -> '))
  if (edits) yield { action: `Insert ${layers.join(', ')}`, file: context.stage.file, edits }
}

/** A layer for maps on a vector: take away the flattening before it, or give the vector spatial axes. */
export const needsSpatialAxes = atStage(function* (context) {
  const { stage } = context
  for (const [index, { shape }] of stage.inputs.entries()) {
    if (shape.length !== 1) continue
    yield* withoutFlatten(context, index)
    yield* before(context, [`reshape([${shape[0]}, 1, 1])`], index)
  }
})

function* withoutFlatten({ analysis, stage }: StageContext, index: number): Generator<Candidate> {
  const source = stage.inputs[index]?.source
  if (source?.kind !== 'layer' || source.layer.traits.rearranges !== 'shape') return
  const tree = analysis.files.get(source.file)
  const path = tree ? nodesAt(tree, source.site.start) : []
  const arrow = path[path.indexOf(source.site) - 1]
  if (arrow?.kind !== 'stage' || arrow.as) return
  const start = textBefore(tree?.text ?? '', arrow.start)
  yield {
    action: `Remove ${source.layer.name}`,
    file: source.file,
    edits: [{ start, end: arrow.end, text: '' }],
  }
}

/** The start of the white space that ends at an offset. */
function textBefore(text: string, offset: number): number {
  return text.slice(0, offset).trimEnd().length
}
