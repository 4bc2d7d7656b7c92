import type { Network } from '../../../grammar/tree'
import type { Analysis } from '../check/analysis'
import { type Binding, referencesOf } from '../check/references'
import type { Candidate } from '../fixes/fix'
import { indentationOf } from '../fixes/statements'
import { isTensor, outlineOf } from '../model/value'
import { rule } from './frame/rule'
import { hasOutput } from './read/outputs'
import { rangeIndex } from './read/unread'

interface Missing {
  readonly network: Network
  /** The tensor that is probably meant. */
  readonly result?: Binding
}

export const missingOutput = rule<Missing>({
  code: 'missing-output',
  category: 'Language',
  severity: 'warning',
  title: 'A network without an output',
  explanation: [
    'Without an output nothing depends on the layers of a network, a network that applies it gets',
    'nothing, and no receptive field is shown. The rule waits while the text of the network is incomplete.',
  ].join('\n'),
  source: 'Aho, Lam, Sethi & Ullman 2006, §9.1.6: dead code computes values that never get used',
  example: 'network N {\n  input image: [3, 32, 32]\n  y = image -> conv(16, 3, padding=1) -> relu\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(16, 3, padding=1) -> relu\n}\n',
  words: ({ network: { name }, result }) => ({
    what: `the network \`${name.name}\` has no output`,
    why: 'what a network gives is its outputs, and nothing depends on the layers of one that has none',
    todo: result === undefined ? 'add a line such as `output y = …`' : `make \`${result.name}\` an output`,
  }),
  check({ analysis }, report) {
    const { file, uri } = analysis
    const isAtFault = rangeIndex(file.problems)
    for (const item of file.items) {
      if (item.kind !== 'network' || item.name.name === '' || hasOutput(item)) continue
      if (isAtFault(item)) continue
      const result = resultOf(item, analysis)
      const data = result === undefined ? { network: item } : { network: item, result }
      report({ place: { file: uri, range: item.name }, data })
    }
  },
  fix: function* ({ analysis }, { network, result }): Generator<Candidate> {
    const last = network.body.statements.at(-1)
    if (result === undefined || last === undefined) return
    const { node, name } = result
    const isOwn = node.kind === 'assign' && node.names.length === 1 && network.body.statements.includes(node)
    const text = `${indentationOf(analysis.file.text, network.body, last)}output ${name}`
    const edit = isOwn
      ? { start: node.start, end: node.start, text: 'output ' }
      : { start: last.end, end: last.end, text }
    yield { action: `Make \`${name}\` an output`, file: analysis.uri, edits: [edit], shows: null }
  },
})

/** The last tensor bound that nothing reads; the last of all where each is read, as in a loop. */
function resultOf(network: Network, { file, networks }: Analysis): Binding | undefined {
  const graph = networks.find(({ declaration }) => declaration === network)
  const references = referencesOf(file)
  const tensors = (graph?.bindings ?? []).flatMap(({ name, frame, value, local }) => {
    const binding = references.bindingAt(name)
    const isResult = isTensor(value) || outlineOf(value) !== undefined
    const isOwn = frame === graph?.frame && !local && binding?.kind !== 'input'
    return isResult && isOwn && binding !== undefined ? [binding] : []
  })
  // What an `expect` speaks of goes nowhere either.
  const isUnread = (binding: Binding) =>
    references.readersOf(binding).every(({ node }) => isExpected(network, node))
  return tensors.findLast(isUnread) ?? tensors.at(-1)
}

/** Whether a place stands in an `expect`. */
function isExpected({ body }: Network, { start }: { readonly start: number }): boolean {
  return body.statements.some((statement) => {
    return statement.kind === 'expect' && statement.start <= start && start < statement.end
  })
}
