import type { Block, Network, Statement } from '../../../../grammar/tree'
import type { AnyLayer, TensorParameter } from '../../model/layer'
import { PADDING_NAMES } from '../../model/layer'

/** What a call can name, as far as its parameters are concerned. */
export type Callable =
  | { readonly kind: 'builtin'; readonly layer: AnyLayer }
  | { readonly kind: 'block'; readonly declaration: Block }
  | { readonly kind: 'network'; readonly declaration: Network }

/** What a call takes. Its tensors and its options are bound apart from each other. */
export interface Signature {
  /** The names of the options, in the order of the declaration. */
  readonly options: readonly string[]
  /** Those that values without a name fill, in this order: the first ones of `options`. */
  readonly byPlace: readonly string[]
  /** The parameters for tensors, in the order in which tensors without a name fill them. */
  readonly tensors: readonly TensorParameter[]
}

const signatures = new WeakMap<AnyLayer | Block | Network, Signature>()

/** The signature of what can be called; it is made once for each layer, block and network. */
export function signatureOf(callable: Callable): Signature {
  const of = callable.kind === 'builtin' ? callable.layer : callable.declaration
  let signature = signatures.get(of)
  if (signature === undefined) {
    signature = makeSignature(callable)
    signatures.set(of, signature)
  }
  return signature
}

function makeSignature(callable: Callable): Signature {
  switch (callable.kind) {
    case 'builtin': {
      const { options, byPlace, tensors } = callable.layer
      return { options: Object.keys(options), byPlace, tensors }
    }
    case 'block':
      return declaredSignature(callable.declaration, blockTensors(callable.declaration))
    case 'network':
      return declaredSignature(callable.declaration, networkInputs(callable.declaration))
  }
}

function declaredSignature(declaration: Block | Network, tensors: Signature['tensors']): Signature {
  const options = valueParameters(declaration)
  return { options, byPlace: options, tensors }
}

/** The name of what is called. */
export function calleeName(callable: Callable): string {
  return callable.kind === 'builtin' ? callable.layer.name : callable.declaration.name.name
}

/** The tensor parameters of what can be called, in order. */
export function tensorParameters(callable: Callable): readonly TensorParameter[] {
  return signatureOf(callable).tensors
}

/** The names of the options of what can be called, in order. */
export function optionNames(callable: Callable): readonly string[] {
  return signatureOf(callable).options
}

/** The words that an option reads a bare name as. */
export function optionWords(callable: Callable, option: string | undefined): readonly string[] {
  if (callable.kind !== 'builtin' || option === undefined) return []
  const type = callable.layer.options[option]?.type
  if (type?.kind === 'word') return type.words
  return type?.kind === 'padding' && type.named ? PADDING_NAMES : []
}

function valueParameters({ params }: Block | Network): readonly string[] {
  return params
    .filter(({ type }) => type?.name !== 'tensor' && type?.name !== 'tensors')
    .map(({ name }) => name.name)
}

function blockTensors(block: Block): readonly TensorParameter[] {
  // Behind a tensor that is needed, none may be left; the first parameter waits for one.
  let follows = false
  return block.params.flatMap((param): TensorParameter[] => {
    const { name } = param.name
    const optional = param.default === undefined ? {} : { optional: true }
    if (param.type?.name === 'tensors') {
      return [{ name, documentation: '', rest: { min: follows ? 0 : 1 }, ...optional }]
    }
    if (param.type?.name === 'tensor' && param.default === undefined) follows = true
    return param.type?.name === 'tensor' ? [{ name, documentation: '', ...optional }] : []
  })
}

function networkInputs(network: Network): readonly TensorParameter[] {
  const found: TensorParameter[] = []
  const collect = (statements: readonly Statement[]) => {
    for (const statement of statements) {
      if (statement.kind === 'input') found.push({ name: statement.name.name, documentation: '' })
      else if (statement.kind === 'for') collect(statement.body.statements)
      else if (statement.kind === 'if') {
        collect(statement.then.statements)
        if (statement.else)
          collect(statement.else.kind === 'body' ? statement.else.statements : [statement.else])
      }
    }
  }
  collect(network.body.statements)
  return found
}
