import { ErrorCodes, ResponseError } from 'vscode-languageserver'
import type { Network } from '../../../../grammar/tree'
import { sizeFromText } from '../../check/language/literals'
import { inputStatements, stillThere, type TriedSizes } from '../../features/input-sizes/tried'
import type { TrySize } from '../../features/input-sizes/try-lens'
import type { Documents } from './documents'

/** The sizes of inputs that are tried in open documents, in place of those that their texts give. */
export interface Tried {
  /** Those of a document that have an effect; the same object while nothing changes, undefined when there are none. */
  of(uri: string): TriedSizes | undefined
  /**
   * Tries a size, or goes back to that of the text.
   * @throws ResponseError with a message for the user, when the document has no such input or the text is not a size.
   */
  set(uri: string, change: Omit<TrySize, 'uri'>): void
  /** Called with the document in which something else is tried. */
  onChange(listener: (uri: string) => void): void
}

export function createTried({ documents }: { readonly documents: Documents }): Tried {
  const listeners: ((uri: string) => void)[] = []
  const kept = new Map<string, TriedSizes>()
  const effective = new Map<string, { readonly json: string; readonly sizes: TriedSizes }>()
  documents.onClose((uri) => {
    kept.delete(uri)
    effective.delete(uri)
  })

  const networksOf = (uri: string): readonly Network[] =>
    documents.tree(uri)?.items.filter((item) => item.kind === 'network') ?? []

  return {
    of(uri) {
      const tried = kept.get(uri)
      if (tried === undefined) return undefined
      // While a line is being written, a network may be gone for a moment.
      const sizes = stillThere(tried, networksOf(uri))
      const json = JSON.stringify(sizes)
      if (json === '{}') return undefined
      const known = effective.get(uri)
      if (known?.json === json) return known.sizes
      effective.set(uri, { json, sizes })
      return sizes
    },
    set(uri, { network, input, size }) {
      if (documents.tree(uri) === undefined) throw refused(`There is no open document '${uri}'.`)
      const tried = kept.get(uri) ?? {}
      if (size === null) kept.set(uri, without(tried, network, input))
      else {
        const target = targetOf(networksOf(uri), network, input)
        const sizes = typeof size === 'string' ? sizeFromText(size) : undefined
        if (sizes === undefined) throw refused(`'${size}' is not a size. Write one as in 3x320x320.`)
        const inputs = { ...tried[target.network], [target.input]: sizes.join('x') }
        kept.set(uri, { ...tried, [target.network]: inputs })
      }
      for (const listener of listeners) listener(uri)
    },
    onChange: (listener) => void listeners.push(listener),
  }
}

function without(tried: TriedSizes, network: string | undefined, input: string | undefined): TriedSizes {
  if (network === undefined && input === undefined) return {}
  const left: Record<string, TriedSizes[string]> = {}
  for (const [name, sizes] of Object.entries(tried)) {
    const isMeant = network === undefined || network === name
    const others = Object.entries(sizes).filter(
      ([each]) => !isMeant || (input !== undefined && input !== each),
    )
    if (others.length > 0) left[name] = Object.fromEntries(others)
  }
  return left
}

/** The one input that is meant; a name may be left out where there is only one choice. */
function targetOf(networks: readonly Network[], network: string | undefined, input: string | undefined) {
  const all = networks.flatMap((each) =>
    inputStatements(each).map(({ name }) => ({ network: each.name.name, input: name.name })),
  )
  const found = all.filter(
    (each) =>
      (network === undefined || each.network === network) && (input === undefined || each.input === input),
  )
  const [target, another] = found
  const what = [input === undefined ? 'an input' : `the input '${input}'`, network && `of '${network}'`]
  const described = what.filter(Boolean).join(' ')
  if (target === undefined) throw refused(`There is no network with ${described}.`)
  if (another !== undefined && another.network !== target.network) {
    throw refused(`Several networks have ${described}: say which is meant.`)
  }
  if (another !== undefined && another.input !== target.input) {
    throw refused(`'${target.network}' has several inputs: say which is meant.`)
  }
  return target
}

function refused(message: string) {
  return new ResponseError(ErrorCodes.InvalidParams, message)
}
