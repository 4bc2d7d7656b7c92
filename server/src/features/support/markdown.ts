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

/**
 * Markdown that someone wrote in a comment: it stays Markdown, but loads no image, writes no HTML, shows no icon
 * of the editor, and closes the fences that it opens, so that what follows it is not taken for code.
 */
export function fromComment(markdown: string): string {
  let fence: string | undefined
  const lines = markdown.split('\n').map((line) => {
    const marks = /^\s{0,3}(`{3,}|~{3,})(.*)$/.exec(line)
    if (fence !== undefined) {
      const closes = marks?.[1]?.startsWith(fence) && marks[2]?.trim() === ''
      if (closes) fence = undefined
      return line
    }
    // The words behind backquotes that open a fence have none themselves (CommonMark, fenced code blocks).
    if (marks?.[1] !== undefined && !(line.includes('`') && marks[2]?.includes('`'))) {
      fence = marks[1]
      return line
    }
    return withoutEffects(line)
  })
  return fence === undefined ? lines.join('\n') : [...lines, fence].join('\n')
}

/** What loads an image, begins HTML or shows an icon, with its effect taken away. */
const HARMLESS: Readonly<Record<string, string>> = { '![': '!\\[', '<': '\\<', '$(': '\\$(' }

/** A line outside of fences; its code spans stay as they are. */
function withoutEffects(line: string): string {
  return line.replace(
    /(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|!\[|<(?=[a-z/!?])|\$\(/gi,
    (found) => HARMLESS[found] ?? found,
  )
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
