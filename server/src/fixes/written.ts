/** Paddings in the text of an expectation and of the flows that it speaks of, where no graph shows which one is at fault. */
import type { Body, Expression, SyntaxNode } from '../../../grammar/tree'
import { descendants } from '../../../grammar/walk'
import type { Expectation } from '../check/analysis'
import { findLayer } from '../layers/index'
import { calleeName, setOption } from './call-text'
import type { Candidate, FixContext } from './fix'
import { layerSignature, piped } from './targets'
import { textOf } from './titles'
import { hasPadding } from './window-options'

const VALUES = ['half', '1', '2', '3', 'same', 'full', '0']

/** Every usual padding for every window that the expectation names, the nearest in the text first. */
export function* writtenPaddings(context: FixContext, expectation: Expectation): Generator<Candidate> {
  const { file, condition, frame } = expectation
  for (const site of windows(condition, frame.declaration.body)) {
    const layer = findLayer(calleeName(site) ?? '')
    if (layer === undefined || !hasPadding(layer)) continue
    const signature = layerSignature(layer, piped(context.analysis, { site, file }))
    for (const value of VALUES) {
      yield {
        action: `Set padding=${value} on ${textOf(context, file, site)}`,
        file,
        edits: setOption(site, signature, 'padding', value),
        shows: { file, range: site },
        fallback: true,
      }
    }
  }
}

/** The calls in a condition, then those in what its names are bound to. */
function windows(condition: Expression, body: Body): readonly Expression[] {
  const names = new Set<string>()
  for (const node of descendants(condition)) if (node.kind === 'name') names.add(node.name)
  const flows: SyntaxNode[] = []
  for (const node of descendants(body)) {
    if (node.kind === 'assign' && node.names.some(({ name }) => names.has(name))) flows.push(node.value)
    if (node.kind === 'output' && node.value && names.has(node.name.name)) flows.push(node.value)
  }
  return [condition, ...flows.reverse()].flatMap((node) =>
    [...descendants(node)].filter((each) => each.kind === 'call'),
  )
}
