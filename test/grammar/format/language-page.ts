import { readFileSync } from 'node:fs'

/** The examples of the language reference that are whole files, with the line each begins on. */
export function languageExamples(): { readonly line: number; readonly text: string }[] {
  const page = readFileSync(new URL('../../../grammar/LANGUAGE.md', import.meta.url), 'utf8')
  return [...page.matchAll(/^```cnn\n([\s\S]*?)^```$/gm)].map((match) => ({
    line: page.slice(0, match.index).split('\n').length + 1,
    text: match[1] as string,
  }))
}
