/** Outside of `layers/` nobody asks for a layer by its name, but where it is about that one layer. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LAYERS } from '../server/src/layers'

const SOURCES = join(import.meta.dirname, '..', 'server', 'src')

interface Exception {
  /** How often names of layers stand there in quotes. */
  readonly count: number
  readonly why: string
}

const PARAMETER = 'a kind of node of the tree, the parameter of a block'

/** By file, under `server/src`. */
const EXCEPTIONS: Readonly<Record<string, Exception>> = {}

/** What a line says beside its comments. */
function quoted(text: string): number {
  const names = new Set(LAYERS.flatMap(({ name, aliases }) => [name, ...aliases]))
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  return [...code.matchAll(/'([a-z0-9_]+)'/g)].filter(([, word = '']) => names.has(word)).length
}

test('a layer is named in quotes only where it is meant alone', () => {
  const found = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('layers/'))
    .map((path) => [path, quoted(readFileSync(join(SOURCES, path), 'utf8'))] as const)
    .filter(([, count]) => count > 0)
    .sort()
  const allowed = Object.entries(EXCEPTIONS).map(([path, { count }]) => [path, count] as const)
  // Ask for a trait (`layers/traits.ts`), or say here why the name is needed.
  expect(found).toEqual(allowed.sort())
})
