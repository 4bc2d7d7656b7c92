/** Which bare names in arguments are read as words of their options, as far as the text alone tells. */
import { callChain, innermostCallee } from '../../../../grammar/calls'
import type { Argument, Call, Expression, SyntaxNode } from '../../../../grammar/tree'
import { LAYERS } from '../../layers'
import type { AnyLayer } from '../../model/layer'
import { type ArgumentKind, slotFor } from '../binding/arguments'
import { type Callable, optionWords, signatureOf } from '../binding/signature'
import { builtinMeaning, type Context } from './context'

/** Whether `name` is a word of the option that argument number `place` of a call of `layer` gives. */
export function isWordOf(
  layer: AnyLayer,
  call: Call,
  place: number,
  name: string,
  context: Context,
): boolean {
  const callable: Callable = { kind: 'builtin', layer }
  const option = call.args[place]?.name?.name
  const options = option === undefined ? optionsAt(callable, call, place, context) : [option]
  return options.some((each) => optionWords(callable, each).includes(name))
}

/**
 * The options that an argument without a name may give: the next one that has no value, or one behind it for each
 * argument before of which the text does not tell whether it is a tensor.
 */
function optionsAt(callable: Callable, call: Call, place: number, context: Context): readonly string[] {
  const before = [...argumentsOf(call.callee, context), ...call.args.slice(0, place)]
  const signature = signatureOf(callable)
  const given = new Set<string>()
  let open = 0
  let surplus = 0
  for (const argument of before) {
    const slot = slotFor(
      signature,
      (name) => given.has(name),
      argument.name?.name,
      (option) => kindIn(callable, option, argument, context),
      surplus,
    )
    if ('name' in slot) given.add(slot.name)
    else if (slot.kind === 'open') open++
    else if (slot.kind === 'too-many') surplus++
  }
  return signature.options.filter((name) => !given.has(name)).slice(surplus, surplus + open + 1)
}

/** A name may stand for a layer that stands for another; what is that far away is not looked up. */
const MOST_NAMES = 8

/** The arguments that what is called has already, in the text of a name that was bound to it too. */
function argumentsOf(callee: Expression, context: Context, names = MOST_NAMES): readonly Argument[] {
  const args = callChain(callee).flatMap((call) => call.args)
  const name = innermostCallee(callee)
  const source = name.kind === 'name' && names > 0 ? context.paths.seen(name.name) : undefined
  if (source === undefined || 'of' in source) return args
  const text = boundText(source.node)
  return text === undefined ? args : [...argumentsOf(text, context, names - 1), ...args]
}

/** The expression that a binding gives its name. */
function boundText(node: SyntaxNode): Expression | undefined {
  if (node.kind === 'assign' || node.kind === 'constant') return node.value
  return node.kind === 'parameter' ? node.default : undefined
}

function kindIn(
  callable: Callable,
  option: string | undefined,
  { value }: Argument,
  context: Context,
): ArgumentKind {
  const isWord = value.kind === 'name' && optionWords(callable, option).includes(value.name)
  return isWord ? 'value' : kindOfText(value, context)
}

/** What an argument of a built-in layer is: no option of one takes a layer, so what may be a layer or a tensor is a tensor. */
function kindOfText(node: Expression, context: Context): ArgumentKind {
  switch (node.kind) {
    case 'flow':
      return node.stages.length > 0 ? 'tensor' : kindOfText(node.head, context)
    case 'parenthesized':
      return kindOfText(node.value, context)
    case 'list': {
      const kinds = node.items.map((item) => kindOfText(item, context))
      return kinds.includes('tensor') ? 'tensor' : kinds.includes('unknown') ? 'unknown' : 'value'
    }
    case 'name':
      return kindOfName(node.name, context)
    case 'call':
      return node.callee.kind === 'name' ? kindOfCall(node.callee.name, context) : 'unknown'
    case 'conditional':
    case 'comprehension':
    case 'index':
      return 'unknown'
    default:
      return 'value'
  }
}

function kindOfCall(name: string, { paths }: Context): ArgumentKind {
  if (paths.seen(name) !== undefined) return 'unknown'
  const meaning = builtinMeaning(name, true)
  return meaning === 'layer' ? 'tensor' : meaning === 'function' ? 'value' : 'unknown'
}

function kindOfName(name: string, { paths }: Context): ArgumentKind {
  const source = paths.seen(name)
  if (source === undefined || 'of' in source) return 'unknown'
  const { kind, node } = source
  if (kind === 'input' || kind === 'as') return 'tensor'
  if (node.kind !== 'parameter') return 'unknown'
  return node.type?.name === 'tensor' || node.type?.name === 'tensors' ? 'tensor' : 'value'
}

const words: ReadonlySet<string> = new Set(
  LAYERS.flatMap((layer) =>
    Object.keys(layer.options).flatMap((option) => optionWords({ kind: 'builtin', layer }, option)),
  ),
)

export function isWordOfAnyLayer(name: string): boolean {
  return words.has(name)
}
