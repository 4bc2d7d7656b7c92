/** What stands in the place of a block's parameters and of its own names where its body is written out. */
import type { Expression, Flow, Parameter, Range, SourceFile } from '../../../../../grammar/tree'
import { isTensorKind, kindOf } from '../../../check/semantics/kinds'
import { takesTensors } from '../../../fixes/targets'
import type { RefactorContext } from '../frame/refactoring'
import type { BlockCall } from './block-call'
import { countReads, localsOf, type Substitute, substituted } from './inlined'
import { namesIn, numberedName } from './names'

export interface Written {
  /** By the name that the block has for it. */
  readonly substitutes: ReadonlyMap<string, Substitute>
  /** What must stand before the body: tensors and options that get a name of their own. */
  readonly statements: readonly string[]
}

/** The text of an expression with what it is. */
export function sourceOf({ tree }: RefactorContext, node: Expression): Substitute {
  return { text: tree.text.slice(node.start, node.end), node }
}

/**
 * Finds what stands for each of these parameters when the tensors are given in order; undefined when a parameter
 * gets nothing or a tensor is left over.
 */
export function writeParameters(
  context: RefactorContext,
  call: BlockCall,
  params: readonly Parameter[],
  given: readonly Substitute[],
): Written | undefined {
  const { block } = call
  const taken = new Set([...namesIn(context.tree, declarationOf(context)), ...namesIn(call.tree, block)])
  const fresh = (name: string) => {
    const made = numberedName(name, taken, 2)
    taken.add(made)
    return made
  }
  const locals = namesOfBody(context, call, fresh)
  const substitutes = new Map<string, Substitute>()
  for (const [name, text] of locals) substitutes.set(name, { text })
  const statements: string[] = []
  const tensors = [...given]
  const isExpression = block.body.statements.length === 1
  for (const param of params) {
    const { name } = param.name
    const value = valueFor(context, call, param, tensors, substitutes)
    if (value === undefined) return undefined
    const local = locals.get(name)
    const stays = value.node === undefined || value.node.kind === 'name' || !takesTensors(param)
    if (local !== undefined) statements.push(`${local} = ${value.text}`)
    else if (stays || (isExpression && countReads(call, block.body, name) === 1)) substitutes.set(name, value)
    else {
      // A tensor that is read several times is made once.
      const own = namesIn(context.tree, declarationOf(context)).has(name) ? fresh(name) : name
      statements.push(`${own} = ${value.text}`)
      substitutes.set(name, { text: own })
    }
  }
  return tensors.length > 0 ? undefined : { substitutes, statements }
}

/** What the names are called that the body binds: as in the block, or a new name where the caller has that one too. */
function namesOfBody(
  context: RefactorContext,
  call: BlockCall,
  fresh: (name: string) => string,
): ReadonlyMap<string, string> {
  const outside = namesIn(context.tree, declarationOf(context))
  const names = new Set(localsOf(call).map(({ name }) => name))
  return new Map([...names].map((name) => [name, outside.has(name) ? fresh(name) : name]))
}

/** The value of a parameter; what it takes of the tensors is gone from their list afterwards. */
function valueFor(
  context: RefactorContext,
  call: BlockCall,
  param: Parameter,
  tensors: Substitute[],
  substitutes: ReadonlyMap<string, Substitute>,
): Substitute | undefined {
  const { name, type, default: standard } = param
  if (type?.name === 'tensors') return listOf(context, tensors.splice(0))
  const option = call.options.get(name.name)
  const tensor = takesTensors(param) && option === undefined ? tensors.shift() : undefined
  if (tensor) return tensor
  if (option) return sourceOf(context, option)
  return standard && { text: substituted(call, standard, substitutes), node: standard }
}

function listOf({ view }: RefactorContext, tensors: readonly Substitute[]): Substitute {
  const [only] = tensors
  const isList = (node: Substitute['node']) =>
    node !== undefined &&
    isTensorKind(kindOf(view, node as Expression)) &&
    kindOf(view, node as Expression) === 'tensors'
  if (only && tensors.length === 1 && isList(only.node)) return only
  return { text: `[${tensors.map(({ text }) => text).join(', ')}]` }
}

/** The declaration that a selection stands in. */
function declarationOf({ path, tree }: RefactorContext): Range | SourceFile {
  return path.find(({ kind }) => kind === 'block' || kind === 'network' || kind === 'constant') ?? tree
}

/** What a flow is before one of its stages. */
export function flowBefore({ tree }: RefactorContext, flow: Flow, stage: Range): Substitute {
  const index = flow.stages.findIndex(({ start }) => start === stage.start)
  const end = flow.stages[index - 1]?.end ?? flow.headAs?.end ?? flow.head.end
  const node = index === 0 && flow.headAs === undefined ? flow.head : flow
  return { text: tree.text.slice(flow.start, end), node }
}
