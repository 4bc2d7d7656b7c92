import { expect, test } from 'vitest'
import { isInside, normalizeUri, resolveImport, shownFileName } from '../../server/src/lsp/uri'

test.each([
  ['file:///a/b/main.cnn', './blocks.cnn', 'file:///a/b/blocks.cnn'],
  ['file:///a/b/main.cnn', '../c/blocks.cnn', 'file:///a/c/blocks.cnn'],
  ['file:///a/b/main.cnn', '../../../../up.cnn', 'file:///up.cnn'],
  ['file:///a/b/main.cnn', '/top.cnn', 'file:///top.cnn'],
  ['file:///a%20b/main.cnn', 'my blocks.cnn', 'file:///a%20b/my%20blocks.cnn'],
  ['file:///c%3A/nets/main.cnn', './blocks.cnn', 'file:///c%3A/nets/blocks.cnn'],
  ['vscode-vfs://github/o/r/main.cnn', './blocks.cnn', 'vscode-vfs://github/o/r/blocks.cnn'],
])('%s imports %s', (from, path, file) => {
  expect(resolveImport(from, path)).toBe(file)
})

test('what is no address stays a name', () => {
  expect(normalizeUri('1 2:3')).toBe(normalizeUri('1 2:3'))
  expect(() => resolveImport('untitled:Untitled-1', './x.cnn')).not.toThrow()
  expect(() => resolveImport('::', '')).not.toThrow()
  expect(shownFileName('file:///a/b%20c.cnn')).toBe('b c.cnn')
})

test('a file lies in a folder, not beside it', () => {
  expect(isInside('file:///a/b/c.cnn', 'file:///a/b')).toBe(true)
  expect(isInside('file:///a/b/c.cnn', 'file:///a/b/')).toBe(true)
  expect(isInside('file:///a/bc/c.cnn', 'file:///a/b')).toBe(false)
})
