/** The declaration whose names are being resolved, and how its nodes bind and read names. */
import { boundBy } from '../../../../grammar/bindings'
import type {
  Block,
  Comprehension,
  Constant,
  For,
  Identifier,
  Name,
  Network,
  SyntaxNode,
} from '../../../../grammar/tree'
import { findLayer } from '../../layers'
import { FUNCTIONS } from '../language/functions'
import type { Binding, FileNames, Meaning, Scope } from './names'
import type { Paths } from './paths'

export interface Context {
  /** It sees no other declaration's names but the file's. */
  readonly owner: Block | Network | Constant
  readonly names: FileNames
  readonly paths: Paths<Binding>
  /** The names that each loop of the declaration binds anew in each round. */
  readonly rebound: Map<For | Comprehension, ReadonlySet<string>>
  /** Whether the names of totals mean the totals. */
  readonly inExpect: boolean
}

/** The bindings of a node, for the scope that they belong to. */
export function bindingsOf(node: SyntaxNode, scope: Scope): readonly Binding[] {
  const bound = boundBy(node)
  if (bound === undefined) return []
  const { kind, names, from } = bound
  return names.map((identifier) => ({ kind, name: identifier.name, identifier, node, scope, from }))
}

/** From here on the names that a node binds have its value. */
export function bind(node: SyntaxNode, { names, owner, paths }: Context): void {
  // The name of a comprehension hides what it stood for, and gives it back.
  const isHiding = node.kind === 'comprehension'
  for (const binding of bindingsOf(node, isHiding ? node : owner)) {
    names.bindings.push(binding)
    const before = paths.own(binding.name)
    if (before !== undefined && !isHiding) names.replaced.set(binding, before)
    paths.set(binding.name, binding)
  }
}

/** Notes a read; words and totals stand for themselves, anything else for what is bound, if anything is. */
export function read(node: Name | Identifier, meaning: Meaning, { names, paths }: Context): void {
  if (node.name === '') return
  const source = meaning === 'word' || meaning === 'total' ? undefined : paths.seen(node.name)
  names.reads.push({ name: node.name, node, meaning: source ? 'bound' : meaning })
  names.sources.push(source)
}

/** What a name stands for that nothing binds. A name that is called is a function before it is a layer. */
export function builtinMeaning(name: string, called: boolean): Meaning {
  const isFunction = Object.hasOwn(FUNCTIONS, name)
  if (isFunction && called) return 'function'
  if (findLayer(name) !== undefined) return 'layer'
  return isFunction ? 'function' : 'unknown'
}
