/** Every code that a diagnostic can have, those of a configuration too. */
import { closest } from '../check/words'
import { CODES, type DescribedCode, describeKind } from '../lint/codes'
import { CONFIG_KINDS } from './problems'

/** The category of mistakes in a configuration, whose examples are configurations too. */
export const CONFIGURATION = 'Configuration'

const CONFIG_CODES: ReadonlyMap<string, DescribedCode> = new Map(
  CONFIG_KINDS.map((kind) => [kind.code, describeKind(kind, CONFIGURATION)]),
)

export function describedCodes(): readonly DescribedCode[] {
  return [...CODES.values(), ...CONFIG_CODES.values()]
}

/** Undefined for what is no code. */
export function describeCode(code: string): DescribedCode | undefined {
  return CODES.get(code) ?? CONFIG_CODES.get(code)
}

/**
 * The codes that a name may stand for, the likeliest first: those that are spelt alike, however their words are
 * joined; otherwise those that share words with it. At most three.
 */
export function similarCodes(name: string, codes: readonly string[]): readonly string[] {
  const plain = name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/(?<=[a-z])(?=[A-Z])|[_\s]+/g, '-')
    .toLowerCase()
  if (codes.includes(plain)) return [plain]
  const alike = closest(plain, codes)
  return alike.length > 0 ? alike : sharingWords(plain, codes)
}

/** Words that say nothing of what a code is about. */
const SMALL = new Set(['a', 'and', 'before', 'in', 'no', 'not', 'of', 'on', 'the', 'to', 'without'])

/** The codes that have most of the words of a name, half of them at least. */
function sharingWords(name: string, codes: readonly string[]): readonly string[] {
  const wordsOf = (code: string) => code.split('-').filter((word) => word !== '' && !SMALL.has(word))
  const words = wordsOf(name)
  const scored = codes.map((code) => {
    const own = wordsOf(code)
    return { code, shared: words.filter((word) => own.includes(word)).length }
  })
  const most = Math.max(...scored.map(({ shared }) => shared))
  if (most === 0 || 2 * most < words.length) return []
  const best = scored.filter(({ shared }) => shared === most).map(({ code }) => code)
  return best.sort().slice(0, 3)
}
