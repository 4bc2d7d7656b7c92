/** Fixes for names that nothing has: what they are called here, or what was probably meant. */
import type { UnknownOptionData } from '../check/problems/names'
import { isSlip } from '../check/words'
import { LAYERS } from '../layers/index'
import { PADDING_NAMES } from '../model/layer'
import { newBlock, newConstant } from './create'
import type { Candidate, FixMaker } from './fix'
import { foreignCall } from './foreign'
import { misplacedOptions } from './misplaced'

/** What the check knows of a misspelt name; every part may be missing. */
interface Misspelt {
  readonly name?: string
  readonly value?: string
  readonly suggestions?: readonly string[]
  readonly foreign?: string
  /** It is known that the one suggestion is meant. */
  readonly isCertain?: boolean
}

/**
 * Replaces a name by each name that the check suggests; what other frameworks call it leads to ours first. One that is
 * like a single name can have meant nothing else; another framework's may stand for more than ours.
 */
export const misspeltName: FixMaker = function* ({ analysis, problem }) {
  const { file, range } = problem.origin ?? problem
  const { name, foreign, isCertain, suggestions = [] } = problem.data as Misspelt
  const text = analysis.files.get(file)?.text.slice(range.start, range.end) ?? ''
  const at = name === undefined ? -1 : text.indexOf(name)
  const start = at < 0 ? range.start : range.start + at
  const end = at < 0 ? range.end : start + (name as string).length
  const written = analysis.files.get(file)?.text.slice(start, end) ?? ''
  const meant = new Set(foreign === undefined ? suggestions : [foreign, ...suggestions])
  // What others call a word here means just that.
  const slips = [...meant].filter((each) => isSlip(written.replace(/^"|"$/g, ''), each))
  const slip = foreign === undefined && slips.length === 1 ? slips[0] : undefined
  const certain = isCertain ? suggestions[0] : slip
  for (const suggestion of meant) {
    yield {
      action: `Change ${written} to ${suggestion}`,
      file,
      edits: [{ start, end, text: suggestion }],
      class: suggestion === certain ? 'certain' : 'choice',
    }
  }
}

/** A layer that nothing is called: what another framework calls so, one that is called nearly so, or a new block. */
export const unknownLayer: FixMaker = function* (context) {
  yield* foreignCall(context)
  yield* misspeltName(context)
  if (!('meanings' in (context.problem.data as object))) yield* newBlock(context)
}

/** An option under another name; the axes of another framework are counted without the batch. */
export const unknownOption: FixMaker = function* (context) {
  const { problem } = context
  const { file } = problem.origin ?? problem
  const { readings, meanings } = problem.data as UnknownOptionData
  if (readings) return yield* misplacedOptions(context)
  if (meanings) return yield* foreignCall(context)
  const { name, foreign, converted, inferred, isCertain } = problem.data as UnknownOptionData
  const fixClass = isCertain ? 'certain' : 'choice'
  if (inferred) yield { action: `Remove ${name}, which is inferred`, file, edits: inferred, class: fixClass }
  else if (converted?.edits) {
    const action = `Change ${name}=${converted.written} to ${foreign}=${converted.meant}`
    yield { action, file, edits: converted.edits, class: fixClass }
  } else {
    // What the value would be is not known.
    for (const candidate of misspeltName(context)) {
      yield foreign === undefined ? candidate : { ...candidate, class: converted ? 'choice' : fixClass }
    }
  }
}

/** A word of some option where no option takes one, as for a block's own parameter: there it is a string. */
export const unknownName: FixMaker = function* (context) {
  const { file, range } = context.problem.origin ?? context.problem
  const { name } = context.problem.data as Misspelt
  if (name === undefined || !isWord(name)) {
    yield* misspeltName(context)
    yield* newConstant(context)
    return
  }
  yield { action: `Write "${name}"`, file, edits: [{ ...range, text: `"${name}"` }] }
  for (const candidate of misspeltName(context)) yield { ...candidate, class: 'choice' }
}

/** A word that the option does not know, a number with a sign that cannot be meant, or a list of the wrong length. */
export const optionValue: FixMaker = function* (context) {
  yield* misspeltName(context)
  const { analysis, problem } = context
  const { file, range } = problem.origin ?? problem
  const { option } = problem.data as { option?: string }
  const text = analysis.files.get(file)?.text.slice(range.start, range.end) ?? ''
  for (const other of valuesLike(text, option)) {
    yield { action: `Change ${text} to ${other}`, file, edits: [{ ...range, text: other }] }
  }
}

function valuesLike(text: string, option: string | undefined): readonly string[] {
  if (/^-\s*\d/.test(text)) return [text.slice(1).trim()]
  if (!/^\[[\d\s,]+\]$/.test(text)) return []
  const items = new Set(text.match(/\d+/g) ?? [])
  return [...(option === 'padding' ? ['half'] : []), ...items]
}

function isWord(name: string): boolean {
  const types = LAYERS.flatMap(({ options }) => Object.values(options)).map(({ type }) => type)
  return types.some(
    (type) =>
      (type.kind === 'word' && type.words.includes(name)) ||
      (type.kind === 'padding' && type.named && PADDING_NAMES.some((word) => word === name)),
  )
}

/** Replaces a path in quotes by each path that the check suggests. */
export const misspeltPath: FixMaker = function* ({ analysis, problem }): Generator<Candidate> {
  const { file, range } = problem
  const written = analysis.files.get(file)?.text.slice(range.start + 1, range.end - 1) ?? ''
  const { suggestions } = problem.data as { suggestions: readonly string[] }
  for (const path of suggestions) {
    yield {
      action: `Import from "${path}"`,
      file,
      edits: [{ ...range, text: JSON.stringify(path) }],
      class: suggestions.length === 1 && isSlip(written, path) ? 'certain' : 'choice',
    }
  }
}

/** The replacement that the parser is certain of. */
export const certainSyntax: FixMaker = function* ({ problem }) {
  const { file, syntaxFix } = problem
  if (syntaxFix)
    yield { action: syntaxFix.title, file, edits: syntaxFix.edits, class: 'certain', shows: null }
}
