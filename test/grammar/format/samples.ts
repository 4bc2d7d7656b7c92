import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import { CASES } from './cases'
import { languageExamples } from './language-page'

export interface Sample {
  readonly name: string
  readonly text: string
}

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Every `.cnn` text at hand: the examples, the samples of all grammar tests, the formatter's own cases. */
export function samples(): Sample[] {
  const files = globSync(['examples/**/*.cnn', 'test/grammar/**/*.cnn'], { cwd: root }).sort()
  return [
    ...files.map((name) => ({ name, text: readFileSync(`${root}${name}`, 'utf8') })),
    ...CASES.map(({ name, before }) => ({ name, text: before })),
    ...languageExamples().map(({ line, text }) => ({ name: `LANGUAGE.md:${line}`, text })),
  ]
}

/** Files that are in canonical form and must stay as they are. */
export function canonicalFiles(): Sample[] {
  const folder = new URL('./canonical/', import.meta.url)
  return readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
}
