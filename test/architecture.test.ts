import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { circlesOf } from './helpers/circles'

const ROOT = resolve(import.meta.dirname, '..')

/** Each room with the rooms and packages that it may import; rooms further down come first. */
const ROOMS: Readonly<Record<string, { rooms: readonly string[]; packages: readonly string[] }>> = {
  grammar: { rooms: [], packages: ['chevrotain'] },
  'server/src/model': { rooms: ['grammar'], packages: [] },
  'server/src/layers': { rooms: ['server/src/model'], packages: [] },
  'server/src/check': { rooms: ['server/src/layers', 'server/src/model', 'grammar'], packages: [] },
  'server/src/fixes': {
    rooms: ['server/src/check', 'server/src/layers', 'server/src/model', 'grammar'],
    packages: [],
  },
  'server/src/rules': {
    rooms: ['server/src/fixes', 'server/src/check', 'server/src/layers', 'server/src/model', 'grammar'],
    packages: [],
  },
  'server/src/lint': {
    rooms: [
      'server/src/rules',
      'server/src/fixes',
      'server/src/check',
      'server/src/layers',
      'server/src/model',
      'grammar',
    ],
    packages: [],
  },
  'server/src/config': {
    rooms: [
      'server/src/lint',
      'server/src/rules',
      'server/src/check',
      'server/src/layers',
      'server/src/model',
      'grammar',
    ],
    packages: ['jsonc-parser', 'picomatch'],
  },
  'server/src/features': {
    rooms: [
      'server/src/config',
      'server/src/lint',
      'server/src/rules',
      'server/src/fixes',
      'server/src/check',
      'server/src/layers',
      'server/src/model',
      'grammar',
    ],
    packages: ['vscode-languageserver-types'],
  },
  'server/src/lsp': {
    rooms: [
      'server/src/features',
      'server/src/config',
      'server/src/lint',
      'server/src/rules',
      'server/src/fixes',
      'server/src/check',
      'server/src/layers',
      'server/src/model',
      'grammar',
    ],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument', 'vscode-uri', 'tinyglobby'],
  },
  'server/src/cli': {
    rooms: [
      'server/src/features',
      'server/src/config',
      'server/src/lint',
      'server/src/rules',
      'server/src/fixes',
      'server/src/check',
      'server/src/layers',
      'server/src/model',
      'grammar',
    ],
    packages: ['tinyglobby', 'vscode-uri'],
  },
  client: { rooms: [], packages: ['vscode', 'vscode-languageclient', 'vscode-uri'] },
}

/** Rooms whose files may use Node's own modules: all others run in a browser too. */
const NODE = ['server/src/cli', 'client']
const NODE_FILES = /^server\/src\/lsp\/(main|node[^/]*)\.ts$/

function sources(room: string): string[] {
  const folder = join(ROOT, room)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

function imports(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(
    /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?'([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm,
  )
  return [...found].map((match) => (match[1] ?? match[2]) as string)
}

function roomOf(path: string): string | undefined {
  return Object.keys(ROOMS).find((room) => path === room || path.startsWith(`${room}/`))
}

describe.each(Object.entries(ROOMS))('%s', (room, allowed) => {
  test('has files', () => {
    expect(sources(room).length).toBeGreaterThan(0)
  })

  test('imports only what its place in the house allows', () => {
    const wrong: string[] = []
    for (const file of sources(room)) {
      const name = relative(ROOT, file)
      for (const target of imports(file)) {
        if (target.endsWith('/package.json')) continue
        if (target.startsWith('.')) {
          const to = roomOf(relative(ROOT, resolve(dirname(file), target)))
          if (to === undefined || (to !== room && !allowed.rooms.includes(to)))
            wrong.push(`${name} → ${target}`)
        } else if (target.startsWith('node:')) {
          if (!NODE.includes(room) && !NODE_FILES.test(name)) wrong.push(`${name} → ${target}`)
        } else if (!allowed.packages.some((own) => target === own || target.startsWith(`${own}/`))) {
          wrong.push(`${name} → ${target}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })
})

/**
 * The evaluator is one recursion over the tree: an expression holds calls, a call applies a block, a block's body
 * holds statements with expressions. Its functions call each other by nature; one file for all would be too long.
 */
const EVALUATOR = ['apply', 'builtin', 'calls', 'expects', 'expressions', 'names', 'run', 'statements'].map(
  (name) => `server/src/check/evaluate/${name}.ts`,
)

describe('circles', () => {
  test('are found, of several nodes and of one', () => {
    const graph = { a: ['b'], b: ['c', 'd'], c: ['a'], d: ['d', 'e'], e: [] }
    expect(circlesOf(new Map(Object.entries(graph)))).toEqual([['d'], ['a', 'b', 'c']])
  })

  test('of imports, of values or types, there are none but the evaluator', () => {
    const files = [...Object.keys(ROOMS), 'scripts', 'test'].flatMap(sources)
    const known = new Set(files)
    const imported = (file: string) =>
      imports(file).flatMap((target) => {
        const path = resolve(dirname(file), target)
        return [path, `${path}.ts`, join(path, 'index.ts')].filter((each) => known.has(each))
      })
    const graph = new Map(files.map((file) => [file, imported(file)]))
    const found = circlesOf(graph).map((circle) => circle.map((file) => relative(ROOT, file)))
    expect(found).toEqual([EVALUATOR])
  })
})

test('no file has grown past its room', () => {
  const long = Object.keys(ROOMS)
    .flatMap(sources)
    .map((file) => ({ name: relative(ROOT, file), lines: readFileSync(file, 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 400)
  expect(long).toEqual([])
})
