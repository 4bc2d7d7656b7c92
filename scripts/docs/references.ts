/** The papers that the documentation of an example names. */

export interface Reference {
  /** `K. He, X. Zhang, S. Ren, J. Sun: Deep Residual Learning for Image Recognition. CVPR 2016`. */
  readonly text: string
  /** `He et al.` */
  readonly authors: string
  readonly year: number
}

/** `A. Author, B. Author: Title. Venue 2016; table 1 and figure 5.` The venue and what follows the year may be missing. */
const REFERENCE = /^((\p{Lu}\.[^:]*): .+?\b((?:19|20)\d\d))(?:;.*)?\.$/su

/** Initials before a family name: `L.-C. `, `J. R. R. `. */
const INITIALS = /^(?:-?\p{Lu}\.\s*)+/u

/**
 * The references of a `##` text, in order: each starts a line with an author's initials and ends with a full
 * stop at the end of a line.
 */
export function referencesIn(text: string): readonly Reference[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) =>
    // A sentence ends with the line before; a line of authors ends with a comma.
    paragraph.split(/(?<=\.)\n(?=\p{Lu}\.)/u).flatMap((lines) => readReference(lines) ?? []),
  )
}

function readReference(lines: string): Reference | undefined {
  const match = REFERENCE.exec(lines.trim().replaceAll(/\s+/g, ' '))
  if (!match) return undefined
  const [, text = '', authors = '', year] = match
  return { text, authors: shortAuthors(authors), year: Number(year) }
}

/** `Girshick`, `Redmon & Farhadi`, `He et al.` */
function shortAuthors(authors: string): string {
  const names = authors
    .replace(/ et al\.$/, '')
    .split(', ')
    .map((name) => name.replace(INITIALS, ''))
  const [first = ''] = names
  if (names.length > 2 || authors.endsWith('et al.')) return `${first} et al.`
  return names.join(' & ')
}

/** The reference that a network stands for: the one whose year its own `##` text names, or else the file's first. */
export function referenceOf(references: readonly Reference[], doc = ''): Reference | undefined {
  return references.find(({ year }) => new RegExp(`\\b${year}\\b`).test(doc)) ?? references[0]
}
