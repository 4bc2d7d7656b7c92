import { lineNumber } from '../../../../grammar/positions'
import { tokenize } from '../../../../grammar/tokenize'
import type { Block, Comprehension, Constant, Network, SourceFile } from '../../../../grammar/tree'
import { nodesAt } from '../../../../grammar/walk'
import { isFunctionName } from '../../check/language/functions'
import { type Binding, referencesOf, type Scope } from '../../check/references'
import { findLayer } from '../../layers'
import type { Occurrence } from './occurrences'
import { fileName, type Workspace } from './workspace'

const WORDS = ['name', 'keyword', 'constant']

/** Why a text can be nothing's name; undefined when it can. */
export function faultOfName(name: string): string | undefined {
  const [token] = tokenize(name)
  if (token?.text !== name || !WORDS.includes(token.kind)) {
    return `\`${name}\` is no name: a name begins with a letter or \`_\` and goes on with letters, digits and \`_\`.`
  }
  if (token.kind !== 'name') return `\`${name}\` is a reserved word of the language.`
  const layer = findLayer(name)
  if (layer !== undefined) return `\`${name}\` is a built-in layer, which the new name would hide.`
  if (isFunctionName(name)) return `\`${name}\` is a built-in function, which the new name would hide.`
  return undefined
}

/** Where a name is in use already that some of these occurrences would get; undefined when it is free there. */
export function clash(
  { files }: Workspace,
  occurrences: readonly Occurrence[],
  name: string,
): string | undefined {
  for (const { file, node, role } of occurrences) {
    const tree = files.get(file)
    if (tree === undefined || (role !== 'binds' && role !== 'imports')) continue
    const references = referencesOf(tree)
    const binding = references.bindingAt(node)
    if (binding === undefined) continue
    for (const scope of scopesAround(tree, binding)) {
      const [taken] = references.bound(scope, name)
      if (taken !== undefined) return `\`${name}\` is ${describe(tree, file, taken)}.`
    }
  }
  return undefined
}

/** The scopes whose names a place sees, innermost first. */
function scopesAround(tree: SourceFile, { scope, identifier }: Binding): readonly Scope[] {
  if (scope.kind === 'file') return [tree]
  const around = nodesAt(tree, identifier.start).filter(
    (node): node is Comprehension | Block | Network | Constant =>
      ['comprehension', 'block', 'network', 'constant'].includes(node.kind),
  )
  return [...around.reverse(), tree]
}

function describe(tree: SourceFile, file: string, { kind, scope, identifier }: Binding): string {
  const line = lineNumber(tree, identifier.start)
  const how = kind === 'import' ? 'imported' : scope.kind === 'file' ? 'declared' : 'bound'
  const where = scope.kind === 'file' ? fileName(file) : inScope(scope)
  return `already ${how} in ${where}, on line ${line}`
}

function inScope(scope: Exclude<Scope, SourceFile>): string {
  return scope.kind === 'comprehension' ? 'these brackets' : `\`${scope.name.name}\``
}
