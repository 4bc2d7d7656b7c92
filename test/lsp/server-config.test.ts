import { expect, test } from 'vitest'
import type { InitializeParams } from 'vscode-languageserver'
import { readServerConfig, type ServerConfig } from '../../server/src/lsp/server-config'
import { EVERYTHING } from './everything'

const params = (more: Partial<InitializeParams>): InitializeParams => ({
  processId: null,
  rootUri: null,
  capabilities: {},
  ...more,
})

/** Each switch with its path, `refreshes.diagnostics`. */
function switches(config: ServerConfig): readonly (readonly [string, boolean])[] {
  const inside = (value: unknown, path: string): readonly (readonly [string, boolean])[] => {
    if (typeof value === 'boolean') return [[path, value]]
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    return Object.entries(value).flatMap(([name, each]) => inside(each, path ? `${path}.${name}` : name))
  }
  return inside(config, '')
}

test('a client that says nothing can do nothing', () => {
  const config = readServerConfig(params({}))
  expect(config).toMatchObject({ encoding: 'utf-16', folders: [] })
  expect(switches(config).filter(([, on]) => on)).toEqual([])
})

test('a client that says everything can do everything that the server regards', () => {
  const capabilities = {
    ...EVERYTHING,
    textDocument: {
      ...EVERYTHING.textDocument,
      codeAction: { resolveSupport: { properties: ['edit'] } },
    },
  }
  const initializationOptions = {
    checksJson: true,
    editorCommands: true,
    isRestricted: true,
    servesFiles: true,
  }
  const config = readServerConfig(params({ capabilities, initializationOptions }))
  expect(switches(config).filter(([, on]) => !on)).toEqual([])
})

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'servesFiles'],
  ['values of other types', { checksJson: 'yes', editorCommands: 1, servesFiles: {} }],
])('initialization options that are %s mean no', (_, initializationOptions) => {
  const config = readServerConfig(params({ initializationOptions }))
  expect([config.checksJson, config.completion.editorCommands, config.servesFiles]).toEqual([
    false,
    false,
    false,
  ])
})

test.each<[string, Partial<InitializeParams>, readonly string[]]>([
  ['the folders', { workspaceFolders: [{ uri: 'file:///a b', name: 'a' }] }, ['file:///a%20b']],
  ['the root of older clients', { rootUri: 'file:///a b' }, ['file:///a%20b']],
  [
    'the folders rather than the root',
    { rootUri: 'file:///x', workspaceFolders: [{ uri: 'file:///a', name: 'a' }] },
    ['file:///a'],
  ],
  ['none', { workspaceFolders: null }, []],
  ['none, though there is a root', { rootUri: 'file:///x', workspaceFolders: [] }, []],
])('the folders at the start are %s', (_, more, folders) => {
  expect(readServerConfig(params(more)).folders).toEqual(folders)
})
