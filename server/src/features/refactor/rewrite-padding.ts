import type { Expression } from '../../../../grammar/tree'
import { isLiteral } from '../../check/binding/call-edits'
import { ownArgument, setOption } from '../../fixes/call-text'
import { hasPadding, namedPadding, paddingAmounts, windowsOf } from '../../fixes/window-options'
import { windowOptionsOf } from '../../layers/window'
import type { LayerNode } from '../../model/graph'
import type { Refactoring } from './frame/refactoring'
import { applicationsAt } from './read/applications'

/** Writes a named padding in numbers, and numbers as a name that means the same. */
export const rewritePadding: Refactoring = {
  name: 'rewrite-padding',
  kind: 'refactor.rewrite.padding',
  keeps: 'everything',
  *propose(context) {
    const { selection, tree } = context
    const found = applicationsAt(context)
    if (found === undefined) return
    const { site, nodes } = found
    const [node] = nodes as [LayerNode]
    if (!hasPadding(node.layer)) return
    const written = ownArgument(node.written, 'padding')?.argument
    if (written === undefined) return
    const isAtName = selection.end <= found.name.end
    if (!isAtName && !(written.start <= selection.start && selection.end <= written.end)) return
    const before = tree.text.slice(written.value.start, written.value.end)
    for (const text of otherSpellings(nodes, written.value)) {
      yield {
        title: `Write padding=${before} as padding=${text}`,
        edits: setOption(site, written, 'padding', text),
      }
    }
  },
}

/** The texts that give every application the padding that it has. */
function otherSpellings(nodes: readonly LayerNode[], value: Expression): readonly string[] {
  const [first] = nodes as [LayerNode]
  const { padding } = windowOptionsOf(first)
  if (value.kind === 'name' && padding !== undefined && 'name' in padding) {
    const axes = windowsOf(first)
    if (!nodes.every((node) => amountsOf(node) === amountsOf(first))) return []
    return [
      paddingAmounts(
        axes.map(({ begin }) => begin),
        axes.map(({ end }) => end),
      ).text,
    ]
  }
  if (!isLiteral(value)) return []
  return NAMES_BY_USE.filter((name) => {
    const { padding } = namedPadding(name)
    const named = (node: LayerNode) => ({ ...node, options: { ...node.options, padding } })
    return nodes.every((node) => amountsOf(named(node)) === amountsOf(node))
  })
}

/** What says its purpose comes before what says an amount. */
const NAMES_BY_USE = ['half', 'same', 'valid', 'full'] as const

function amountsOf(node: Pick<LayerNode, 'layer' | 'options' | 'inputs'>): string {
  return windowsOf(node)
    .map(({ begin, end }) => `${begin} ${end}`)
    .join(', ')
}
