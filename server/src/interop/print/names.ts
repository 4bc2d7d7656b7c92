/** Names for what a model makes: those of its modules, where they are names of the language. */
import { RESERVED } from '../../../../grammar/tokens'
import { findLayer } from '../../layers/index'
import type { Operation } from '../graph/graph'

/** Hands out names, each once. A name that is taken, reserved or a layer's gets a number. */
export interface Namer {
  name(wanted: string): string
}

export function namer(isFree: (name: string) => boolean = () => true): Namer {
  const taken = new Set<string>()
  const next = new Map<string, number>()
  return {
    name(wanted) {
      const base = identifier(wanted)
      let name = base
      for (let i = next.get(base) ?? 2; taken.has(name) || isUsed(name) || !isFree(name); i++) {
        name = `${base}_${i}`
        next.set(base, i + 1)
      }
      taken.add(name)
      return name
    },
  }
}

/** Names that mean something in a body: binding one would hide a layer or a function, or is no name at all. */
function isUsed(name: string): boolean {
  return (
    RESERVED.has(name) ||
    CONTEXTUAL.includes(name) ||
    FUNCTIONS.includes(name) ||
    findLayer(name)?.name === name
  )
}

const CONTEXTUAL = ['input', 'output', 'shared', 'block', 'network', 'import', 'from']
const FUNCTIONS = ['rows', 'signal']

/** Letters, digits and `_`, not a digit first. */
export function identifier(text: string): string {
  const cleaned = text.replace(/[^\p{L}\p{N}_]+/gu, '_').replace(/^_+|_+$/g, '')
  if (cleaned === '') return 'x'
  return /^\p{N}/u.test(cleaned) ? `_${cleaned}` : cleaned
}

/** What an operation's result is called after: its module, or its layer where the module makes more than that. */
export function wantedName({ path, layer }: Operation): string {
  const steps = path.map(({ name }) => name)
  const last = steps.at(-1)
  const isOwn = last !== undefined && layer.weighted === true
  return [...steps, ...(isOwn ? [] : [layer.name])].join('_')
}
