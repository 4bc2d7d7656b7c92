/** Small pieces of Markdown; what comes from the source stands in code, so that nothing in it is taken for markup. */

export function code(text: string): string {
  // A fence longer than any run of backquotes inside keeps the text whole (CommonMark, code spans).
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}

/** What {@link code} and words around it say, where no Markdown is understood. */
export function plainText(markdown: string): string {
  return markdown.replace(/(`+) ?(.*?) ?\1/g, '$2')
}

/** A block of source text. */
export function source(text: string): string {
  return `\`\`\`cnn\n${text}\n\`\`\``
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
