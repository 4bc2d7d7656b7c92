import { expect, test } from 'vitest'
import { mergeCapabilities } from '../../server/src/lsp/capabilities'

test('what parts announce under one name is merged', () => {
  const merged = mergeCapabilities([
    { hoverProvider: true },
    { workspace: { workspaceFolders: { supported: true } } },
    { workspace: { fileOperations: { didRename: { filters: [] } } } },
    {},
    { workspace: { fileOperations: { willRename: { filters: [] } } } },
  ])
  expect(merged).toEqual({
    hoverProvider: true,
    workspace: {
      workspaceFolders: { supported: true },
      fileOperations: { didRename: { filters: [] }, willRename: { filters: [] } },
    },
  })
})

test.each([
  [{ hoverProvider: true }, { hoverProvider: false }, 'hoverProvider'],
  [{ hoverProvider: true }, { hoverProvider: {} }, 'hoverProvider'],
  [
    { executeCommandProvider: { commands: ['a'] } },
    { executeCommandProvider: { commands: ['b'] } },
    'commands',
  ],
])('%j and %j do not go together', (first, second, name) => {
  expect(() => mergeCapabilities([first, second])).toThrow(`The capability '${name}' is announced twice.`)
})
