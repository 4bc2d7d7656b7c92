/** The call of a block at a selection, with what it gives to the block's parameters. */

import { callChain } from '../../../../../grammar/calls'
import type { Argument, Block, Expression, Name } from '../../../../../grammar/tree'
import { bindArguments } from '../../../check/binding/arguments'
import { signatureOf } from '../../../check/binding/signature'
import { isTensorKind, kindOf } from '../../../check/semantics/kinds'
import { define } from '../../../check/semantics/scope'
import type { RefactorContext } from '../frame/refactoring'
import { type Inlinable, inlinable } from './inlined'

export interface BlockCall extends Inlinable {
  /** The file of the block. */
  readonly file: string
  /** The name or the call that stands for the block. */
  readonly site: Expression
  /** The tensors that are written in the call, in order. */
  readonly tensors: readonly Expression[]
  readonly options: ReadonlyMap<string, Expression>
}

/** The call of a block that ends with its only `return`. */
export function blockCallAt(context: RefactorContext): BlockCall | undefined {
  const { view, path, selection } = context
  const name = path.at(-1)
  if (name?.kind !== 'name' || selection.end > name.end) return undefined
  const definition = define(view, path, name.name)
  if (definition?.kind !== 'block') return undefined
  const tree = view.analysis.files.get(definition.file)
  const block = tree && inlinable(definition.declaration, tree)
  if (block === undefined) return undefined
  const site = siteOf(context, name)
  return { ...block, ...givenTo(context, site, definition.declaration), file: definition.file, site }
}

/** The outermost of the calls that begin with a name. */
function siteOf({ path }: RefactorContext, name: Name): Expression {
  let site: Expression = name
  for (const node of path.toReversed()) {
    if (node.kind === 'call' && node.callee === site) site = node
  }
  return site
}

function givenTo({ view }: RefactorContext, site: Expression, declaration: Block) {
  const tensors: Expression[] = []
  const options = new Map<string, Expression>()
  const args = callChain(site).flatMap((call) => call.args)
  const kindOfText = ({ value }: Argument) => (isTensorKind(kindOf(view, value)) ? 'tensor' : 'value')
  const signature = signatureOf({ kind: 'block', declaration })
  for (const { argument, slot } of bindArguments(
    signature,
    new Set(),
    args,
    ({ name }) => name?.name,
    kindOfText,
  )) {
    if ('name' in slot) options.set(slot.name, argument.value)
    else tensors.push(argument.value)
  }
  return { tensors, options }
}
