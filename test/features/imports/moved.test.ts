import { expect, test } from 'vitest'
import { importsAfterMove, type Move } from '../../../server/src/features/imports/moved'
import { relativePath } from '../../../server/src/features/imports/text'
import { shown, workspaceOf } from '../navigation/workspace'

const FILES = {
  'main.cnn': 'from "./lib/blocks.cnn" import b\nfrom "lib/heads.cnn" import h\nfrom "./lost.cnn" import l\n',
  'lib/blocks.cnn': 'from "./heads.cnn" import h\nfrom "../data.cnn" import D\n',
  'lib/heads.cnn': 'from "./lost.cnn" import l\n',
  'data.cnn': 'D = 1\n',
}

/** The paths that change, each with its new text. */
function after(...moves: readonly Move[]): readonly string[] {
  const workspace = workspaceOf(FILES)
  const changes = importsAfterMove(workspace, moves)
  return shown(
    workspace,
    Object.entries(changes).flatMap(([uri, edits]) =>
      edits.map(({ range, newText }) => ({ uri, range, mark: newText })),
    ),
  )
}

test('the files that import a renamed file follow it', () => {
  expect(after({ from: 'lib/heads.cnn', to: 'lib/new heads.cnn' })).toEqual([
    'main.cnn:2 from "./lib/new heads.cnn"<"lib/heads.cnn"> import h',
    'lib/blocks.cnn:1 from "./new heads.cnn"<"./heads.cnn"> import h',
  ])
})

test('a file that is moved keeps its own imports', () => {
  expect(after({ from: 'lib/blocks.cnn', to: 'other/deep/blocks.cnn' })).toEqual([
    'main.cnn:1 from "./other/deep/blocks.cnn"<"./lib/blocks.cnn"> import b',
    'lib/blocks.cnn:1 from "../../lib/heads.cnn"<"./heads.cnn"> import h',
    'lib/blocks.cnn:2 from "../../data.cnn"<"../data.cnn"> import D',
  ])
})

test('in a folder that is moved, only what leads out of it changes', () => {
  expect(after({ from: 'lib', to: 'library/of' })).toEqual([
    'main.cnn:1 from "./library/of/blocks.cnn"<"./lib/blocks.cnn"> import b',
    'main.cnn:2 from "./library/of/heads.cnn"<"lib/heads.cnn"> import h',
    'lib/blocks.cnn:2 from "../../data.cnn"<"../data.cnn"> import D',
  ])
})

test('several files that move together stay together', () => {
  expect(
    after({ from: 'lib/blocks.cnn', to: 'x/blocks.cnn' }, { from: 'lib/heads.cnn', to: 'x/heads.cnn' }),
  ).toEqual([
    'main.cnn:1 from "./x/blocks.cnn"<"./lib/blocks.cnn"> import b',
    'main.cnn:2 from "./x/heads.cnn"<"lib/heads.cnn"> import h',
  ])
  expect(after({ from: 'li', to: 'x' }, { from: 'nothing.cnn', to: 'y.cnn' })).toEqual([])
})

test.each([
  ['file:///w/a/b.cnn', 'file:///w/a/c.cnn', './c.cnn'],
  ['file:///w/a/b.cnn', 'file:///w/gr%C3%B6%C3%9Fe/a%20b.cnn', '../größe/a b.cnn'],
  ['file:///w/a/b.cnn', 'file:///v/c.cnn', '../../v/c.cnn'],
  ['file:///w/a/b.cnn', 'file://host/w/a/c.cnn', undefined],
  ['file:///b.cnn', 'untitled:Untitled-1', undefined],
  ['a/b.cnn', 'a/b/c.cnn', './b/c.cnn'],
])('from %s the path to %s is %s', (from, to, path) => {
  expect(relativePath(from, to)).toBe(path)
})
