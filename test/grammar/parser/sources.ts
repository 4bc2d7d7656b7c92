import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
const SAMPLES = join(HERE, '..', 'samples')
const EXAMPLES = join(HERE, '..', '..', '..', 'examples')

export interface Source {
  readonly name: string
  readonly text: string
}

/** The samples of this folder, which lay text out in different ways; one of them also with Windows line ends. */
function sampleSources(): Source[] {
  const samples = readFolder(SAMPLES)
  const windows = samples
    .filter(({ name }) => name === 'tabs.cnn')
    .map(({ name, text }) => ({ name: `${name} (Windows)`, text: text.replaceAll('\n', '\r\n') }))
  return [...samples, ...windows]
}

/** The project's examples. */
function exampleSources(): Source[] {
  return existsSync(EXAMPLES) ? readFolder(EXAMPLES) : []
}

export function allSources(): Source[] {
  return [...sampleSources(), ...exampleSources()]
}

function readFolder(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.cnn'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: relative(folder, path), text: readFileSync(path, 'utf8') }))
}
