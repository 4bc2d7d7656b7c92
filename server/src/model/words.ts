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
  return [what, why, todo]
    .filter((part) => part !== '')
    .map((part) => (OF_THE_LANGUAGE.test(part) ? part : part.charAt(0).toUpperCase() + part.slice(1)))
    .map((part) => (/[.!:]$|[^×]\?$/.test(part) ? part : `${part}.`))
    .join(' ')
}
