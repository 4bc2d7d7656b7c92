/** The three parts of every message: what is wrong (with its numbers), why that is so, what to do. */
export interface Words {
  readonly what: string
  readonly why: string
  readonly todo: string
}

/** A text that begins as the language writes it keeps its small letter: `groups=3`, `factor² = 9`, `output_padding 2`. */
const OF_THE_LANGUAGE = /^(?:[\w²]+ ?=|\w+\(|[a-z]+_)/

/** The message of a problem: its three parts as sentences; one that has nothing to say is empty. */
export function sentence({ what, why, todo }: Words): string {
  return [what, why, todo].map(asSentence).filter(Boolean).join(' ')
}

/** One part of a message as a sentence; nothing where it is empty. */
export function asSentence(part: string): string {
  if (part === '') return ''
  const text = OF_THE_LANGUAGE.test(part) ? part : part.charAt(0).toUpperCase() + part.slice(1)
  // A shape that is not known to its end is no question: `8×?×?`.
  return /[.!:]$|[^×]\?$/.test(text) ? text : `${text}.`
}
