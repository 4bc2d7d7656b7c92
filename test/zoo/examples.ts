import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Analysis, Host } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { textHost } from '../../server/src/check/host'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../examples')

/** Every example, as a path below `examples/`. */
export const EXAMPLES: readonly string[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.cnn'))
  .map((path) => path.replaceAll('\\', '/'))
  .sort()

const texts = new Map(EXAMPLES.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
const trees = textHost((path) => texts.get(path))

export function textOf(path: string): string {
  const text = texts.get(path)
  if (text === undefined) throw new Error(`There is no example ${path}`)
  return text
}

/** The examples as they are on disk; with `changed`, one of them has another text. */
export function exampleHost(changed?: { readonly path: string; readonly text: string }): Host {
  if (!changed) return trees
  const other = textHost((path) => (path === changed.path ? changed.text : undefined))
  return { ...trees, file: (path) => (path === changed.path ? other.file(path) : trees.file(path)) }
}

const analyses = new Map<string, Analysis>()

/** The analysis of an example as it is on disk. */
export function analysisOf(path: string): Analysis {
  const analysis = analyses.get(path) ?? analyze(path, trees)
  analyses.set(path, analysis)
  return analysis
}
