import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { circlesOf } from './helpers/circles'

const ROOT = resolve(import.meta.dirname, '..')

/** Each folder with the folders and packages that it may import; those that others build on come first. */
const FOLDERS: Readonly<Record<string, { folders: readonly string[]; packages: readonly string[] }>> = {
  grammar: { folders: [], packages: ['chevrotain'] },
  'server/src/model': { folders: ['grammar'], packages: [] },
  'server/src/layers': { folders: ['server/src/model'], packages: [] },
  'server/src/check': { folders: ['server/src/layers', 'server/src/model', 'grammar'], packages: [] },
  'server/src/fixes': {
    folders: ['server/src/check', 'server/src/layers', 'server/src/model', 'grammar'],
    packages: [],
  },
  'server/src/rules': {
    folders: ['server/src/fixes', 'server/src/check', 'server/src/layers', 'server/src/model', 'grammar'],
    packages: [],
  },
  'server/src/lint': {
    folders: [
      'server/src/rules',
      'server/src/fixes',
      'server/src/check',
      'server/src/layers',
      'server/src/model',
      'grammar',
    ],
    packages: [],
  },
  'server/src/interop': {
    folders: ['server/src/check', 'server/src/layers', 'server/src/model', 'grammar'],
    packages: ['@bufbuild/protobuf'],
  },
  'server/src/config': {
    folders: [
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
    folders: [
      'server/src/interop',
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
    folders: [
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
    folders: [
      'server/src/interop',
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
    packages: ['ignore', 'picomatch'],
  },
  client: { folders: [], packages: ['vscode', 'vscode-languageclient', 'vscode-uri'] },
}

/** Folders whose files may use Node's own modules: all others run in a browser too. */
const NODE = ['server/src/cli', 'client']
const NODE_FILES = /^server\/src\/lsp\/(main|node[^/]*)\.ts$/

function sources(folder: string): string[] {
  const path = join(ROOT, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(path, name))
}

function imports(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(
    /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?'([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm,
  )
  return [...found].map((match) => (match[1] ?? match[2]) as string)
}

function folderOf(path: string): string | undefined {
  return Object.keys(FOLDERS).find((folder) => path === folder || path.startsWith(`${folder}/`))
}

describe.each(Object.entries(FOLDERS))('%s', (folder, allowed) => {
  test('has files', () => {
    expect(sources(folder).length).toBeGreaterThan(0)
  })

  test('imports only what it may', () => {
    const wrong: string[] = []
    for (const file of sources(folder)) {
      const name = relative(ROOT, file)
      for (const target of imports(file)) {
        if (target.endsWith('/package.json')) continue
        if (target.startsWith('.')) {
          const to = folderOf(relative(ROOT, resolve(dirname(file), target)))
          if (to === undefined || (to !== folder && !allowed.folders.includes(to)))
            wrong.push(`${name} → ${target}`)
        } else if (target.startsWith('node:')) {
          if (!NODE.includes(folder) && !NODE_FILES.test(name)) wrong.push(`${name} → ${target}`)
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
const EVALUATOR = [
  ...['apply', 'calls', 'constants', 'expects', 'expressions', 'foreign', 'names', 'run', 'statements'],
].map((name) => `server/src/check/evaluate/${name}.ts`)

describe('circles', () => {
  test('are found, of several nodes and of one', () => {
    const graph = { a: ['b'], b: ['c', 'd'], c: ['a'], d: ['d', 'e'], e: [] }
    expect(circlesOf(new Map(Object.entries(graph)))).toEqual([['d'], ['a', 'b', 'c']])
  })

  test('of imports, of values or types, there are none but the evaluator', () => {
    const files = [...Object.keys(FOLDERS), 'scripts', 'test'].flatMap(sources)
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

/** Made by a program from a description, never read by a person. */
const GENERATED = ['server/src/interop/onnx/onnx_pb.ts']

test('no file has grown too long', () => {
  const long = Object.keys(FOLDERS)
    .flatMap(sources)
    .filter((file) => !GENERATED.includes(relative(ROOT, file)))
    .map((file) => ({ name: relative(ROOT, file), lines: readFileSync(file, 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 400)
  expect(long).toEqual([])
})
