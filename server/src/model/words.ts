/** The three parts of every message: what is wrong (with its numbers), why that is so, what to do. */
export interface Words {
  readonly what: string
  readonly why: string
  readonly todo: string
}

/** The message of a problem: its three parts as sentences. */
export function sentence({ what, why, todo }: Words): string {
  return [what, why, todo].map(asSentence).filter(Boolean).join(' ')
}

/** One part of a message as a sentence; nothing where it is empty. */
export function asSentence(part: string): string {
  if (part === '') return ''
  const text = /^\w+=/.test(part) ? part : part.charAt(0).toUpperCase() + part.slice(1)
  return /[.!?:]$/.test(text) ? text : `${text}.`
}
