/** What someone who runs a network, or imports a block, may change. */
import type { Block, Expression, Network, SyntaxNode } from '../../../../grammar/tree'
import { walk } from '../../../../grammar/walk'
import type { Analysis } from '../../check/analysis'
import { type Binding, referencesOf } from '../../check/references'

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

interface Written {
  readonly node: SyntaxNode
  readonly file: string
}

/**
 * Whether the value of an expression in a declaration depends on what may be set from outside: a network's
 * parameters, the sizes of its inputs, and the options of a block that stands in a file without networks.
 */
export function isSetOutside(
  expression: Expression,
  declaration: Block | Network,
  analysis: Analysis,
  importers: readonly Analysis[],
): boolean {
  const all = [analysis, ...importers]
  const treeOf = (file: string) => all.find(({ files }) => files.has(file))?.files.get(file)
  const isLibrary = !analysis.file.items.some(({ kind }) => kind === 'network')
  const done = new Set<SyntaxNode>()
  const queue: Written[] = [{ node: expression, file: analysis.uri }]

  /** Follows a binding to what gives it its value; true where that is outside. */
  const follow = ({ node, kind, scope }: Binding, file: string): boolean => {
    if (kind === 'parameter' && node.kind === 'parameter') {
      if (scope.kind === 'network' || (isLibrary && scope === declaration)) return true
      if (node.default) queue.push({ node: node.default, file })
      for (const { networks } of all) {
        for (const { runs } of networks) {
          for (const { frame } of runs) {
            if (frame.declaration === scope && frame.call) {
              queue.push({ node: frame.call.written.site, file: frame.call.written.file })
            }
          }
        }
      }
    } else if (node.kind === 'for' || node.kind === 'comprehension') queue.push({ node: node.iterable, file })
    else if (node.kind === 'assign' || node.kind === 'constant' || node.kind === 'shared') {
      queue.push({ node: node.value, file })
    }
    return false
  }

  for (const { node, file } of queue) {
    const tree = treeOf(file)
    if (tree === undefined || done.has(node)) continue
    done.add(node)
    const references = referencesOf(tree)
    let isOutside = false
    walk(node, (each) => {
      if (each.kind === 'attribute' && SIZES.includes(each.name.name)) isOutside = true
      const read = each.kind === 'name' ? references.readAt(each) : undefined
      for (const binding of read ? references.seenBy(read) : []) {
        if (follow(binding, file)) isOutside = true
      }
      return !isOutside
    })
    if (isOutside) return true
  }
  return false
}
