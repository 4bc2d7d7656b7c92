/** Small pieces of Markdown; what comes from the source stands in code, so that nothing in it is taken for markup. */

export function code(text: string): string {
  // A fence longer than any run of backquotes inside keeps the text whole (CommonMark, code spans).
  const fence = '`'.repeat(longestRun(text) + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}

/** What {@link code} and words around it say, where no Markdown is understood. */
export function plainText(markdown: string): string {
  return markdown.replace(/(`+) ?(.*?) ?\1/g, '$2')
}

function longestRun(text: string): number {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return longest
}

/** A block of source text. */
export function source(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}cnn\n${text}\n${fence}`
}

/** An invisible character that keeps what stands before it from being markup with what stands behind it. */
const JOINER = '\u2060'

/** A fence as it opens or closes a block of code: by itself, or behind the marks of lists and quotes. */
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/
const NESTED_FENCE = /^([\s>*+\-\d.)]*)(`{3,}|~{3,})/

/**
 * Markdown that someone wrote in a comment: it stays Markdown, but loads no image, writes no HTML, shows no icon of
 * the editor, and closes the fences that it opens, so that what follows it is not taken for code. What has such an
 * effect is broken by an invisible character wherever it stands: what is code and what is not is hard to tell, and
 * in code nobody sees it either.
 */
export function fromComment(markdown: string): string {
  let fence: string | undefined
  const lines = withoutEffects(markdown).split('\n')
  const shown = lines.map((line) => {
    const [, marks = '', rest = ''] = FENCE.exec(line) ?? []
    if (fence !== undefined) {
      if (!marks.startsWith(fence) || rest.trim() !== '') return line
      fence = undefined
      return marks
    }
    // The words behind backquotes that open a fence have none themselves (CommonMark, fenced code blocks).
    if (marks !== '' && !(marks.startsWith('`') && rest.includes('`'))) {
      fence = marks
      // At the margin it is in no list, whose end would close it.
      return `${marks}${rest}`
    }
    return line.replace(NESTED_FENCE, (_, before, run) => `${before}${JOINER}${run}`)
  })
  return fence === undefined ? shown.join('\n') : [...shown, fence].join('\n')
}

/** Text in which nothing loads an image, begins HTML or shows an icon of the editor. */
function withoutEffects(text: string): string {
  return text.replace(/!(?=\\*\[)|<(?=\\*[a-z/!?])|\$(?=\\*\()/gi, (found) => found + JOINER)
}

/**
 * A line of a comment in words alone, for places that some editors show as Markdown and others as it is: code and
 * links without their marks, and no brackets that lead anywhere.
 */
export function wordsOf(line: string): string {
  const words = line
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/[`\\]/g, '')
    .replace(/\[/g, '(')
    .replace(/\]/g, ')')
  return withoutEffects(words).trim()
}

export function bold(text: string): string {
  return `**${text}**`
}

/** Plain text with everything escaped that Markdown would take for markup. */
export function plain(text: string): string {
  return text.replace(/[\\`*_<>[\]#|~]/g, '\\$&')
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

/** A phrase of a declaration as a sentence. */
export function asSentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`
}

/** Parts with an empty line between them; absent and empty ones are left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n')
}

/** A line across between what is short and its details. */
export const RULE = '---'
