/** Paddings in the text of an expectation and of the flows that it speaks of, where no graph shows which one is at fault. */
import type { Body, Call, Expression, SyntaxNode } from '../../../grammar/tree'
import { descendants, nodesAt } from '../../../grammar/walk'
import type { Expectation } from '../check/analysis'
import { boundArguments, calleeOf } from '../check/semantics/callee'
import { type KnownFile, knownFrom } from '../check/semantics/known-file'
import { setOption } from './call-text'
import type { Candidate, FixContext } from './fix'
import { textOf } from './titles'
import { hasPadding } from './window-options'

const VALUES = ['half', '1', '2', '3', 'same', 'full', '0']

/** Every usual padding for every window that the expectation names, the nearest in the text first. */
export function* writtenPaddings(context: FixContext, expectation: Expectation): Generator<Candidate> {
  const { analysis, host, others = [] } = context
  const { file, condition, frame } = expectation
  const resolve = (from: string, path: string) => host.resolve(from, path)
  const known = knownFrom({ analysis, importers: others, resolve }, file)
  if (known === undefined) return
  for (const site of windows(condition, frame.declaration.body)) {
    const edits = paddingEdits(known, site)
    if (edits === undefined) continue
    for (const value of VALUES) {
      yield {
        action: `Set padding=${value} on ${textOf(context, file, site)}`,
        file,
        edits: edits(value),
        shows: { file, range: site },
        fallback: true,
      }
    }
  }
}

/** Sets the padding of a call; undefined where what it calls has none. */
function paddingEdits(known: KnownFile, site: Call) {
  const around = nodesAt(known.analysis.file, site.start)
  const path = around.slice(0, around.indexOf(site) + 1)
  const definition = calleeOf(known, path, site)?.definition
  if (definition?.kind !== 'layer' || !hasPadding(definition.layer)) return undefined
  const given = boundArguments(known, path, site).find(({ option }) => option === 'padding')
  return (value: string) => setOption(site, given?.argument, 'padding', value)
}

/** The calls in a condition, then those in what its names are bound to. */
function windows(condition: Expression, body: Body): readonly Call[] {
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
