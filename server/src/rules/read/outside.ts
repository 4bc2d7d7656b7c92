/** What someone who runs a network, or imports a block, may change. */
import type { Block, Expression, Network, SyntaxNode } from '../../../../grammar/tree'
import { walk } from '../../../../grammar/walk'
import type { Analysis } from '../../check/analysis'
import { type Binding, isMeeting, referencesOf, type Source } from '../../check/references'

/** Attributes that change with the size of an input. */
const SIZES: readonly string[] = [
  'shape',
  'height',
  'width',
  'depth',
  'length',
  'spatial',
  'items',
  'macs',
  'rf',
  'stride',
]

/** What a value comes from: a text, or what a name stands for. */
type Origin = SyntaxNode | Source

interface Located {
  readonly origin: Origin
  readonly file: string
}

/**
 * Those of the expressions in a declaration whose values depend on what may be set from outside: a network's
 * parameters, the sizes of its inputs, and the options of a block that stands in a file without networks.
 * They are asked together, since what they depend on is often the same.
 */
export function setOutside(
  expressions: readonly Expression[],
  declaration: Block | Network,
  analysis: Analysis,
  importers: readonly Analysis[],
): ReadonlySet<Origin> {
  const all = [analysis, ...importers]
  const treeOf = (file: string) => all.find(({ files }) => files.has(file))?.files.get(file)
  const isLibrary = !analysis.file.items.some(({ kind }) => kind === 'network')
  const calls = callsIn(all)

  const ofBinding = ({ node, kind, scope }: Binding, file: string): readonly Located[] | 'outside' => {
    if (kind === 'parameter' && node.kind === 'parameter') {
      if (scope.kind === 'network' || (isLibrary && scope === declaration)) return 'outside'
      const given = calls.get(scope) ?? []
      return node.default ? [{ origin: node.default, file }, ...given] : given
    }
    if (node.kind === 'for' || node.kind === 'comprehension') return [{ origin: node.iterable, file }]
    if (node.kind === 'assign' || node.kind === 'constant' || node.kind === 'shared') {
      return [{ origin: node.value, file }]
    }
    return []
  }

  const ofText = (text: SyntaxNode, file: string): readonly Located[] | 'outside' => {
    const tree = treeOf(file)
    if (tree === undefined) return []
    const references = referencesOf(tree)
    const found: Located[] = []
    let isOutside = false
    walk(text, (each) => {
      if (each.kind === 'attribute' && SIZES.includes(each.name.name)) isOutside = true
      const read = each.kind === 'name' ? references.readAt(each) : undefined
      const source = read && references.sourceOf(read)
      if (source) found.push({ origin: source, file })
      return !isOutside
    })
    return isOutside ? 'outside' : found
  }

  const originsOf = ({ origin, file }: Located): readonly Located[] | 'outside' => {
    if (!isSource(origin)) return ofText(origin, file)
    return isMeeting(origin) ? origin.of.map((each) => ({ origin: each, file })) : ofBinding(origin, file)
  }

  const dependents = new Map<Origin, Origin[]>()
  const outside = new Set<Origin>()
  const queue: Located[] = expressions.map((origin) => ({ origin, file: analysis.uri }))
  const met = new Set<Origin>(expressions)
  for (const located of queue) {
    const origins = originsOf(located)
    if (origins === 'outside') outside.add(located.origin)
    else
      for (const each of origins) {
        const known = dependents.get(each.origin)
        if (known) known.push(located.origin)
        else dependents.set(each.origin, [located.origin])
        if (met.has(each.origin)) continue
        met.add(each.origin)
        queue.push(each)
      }
  }
  // Entries that are added on the way are visited too.
  for (const origin of outside) for (const each of dependents.get(origin) ?? []) outside.add(each)
  return outside
}

function isSource(origin: Origin): origin is Source {
  return 'of' in origin || 'identifier' in origin
}

/** Where each block is called in the runs. */
function callsIn(analyses: readonly Analysis[]): ReadonlyMap<SyntaxNode, readonly Located[]> {
  const found = new Map<SyntaxNode, Map<SyntaxNode, Located>>()
  for (const { frame } of analyses.flatMap(({ networks }) => networks).flatMap(({ runs }) => runs)) {
    if (frame.call === undefined) continue
    const { site, file } = frame.call.written
    const calls = found.get(frame.declaration) ?? new Map<SyntaxNode, Located>()
    found.set(frame.declaration, calls.set(site, { origin: site, file }))
  }
  return new Map([...found].map(([declaration, calls]) => [declaration, [...calls.values()]]))
}
