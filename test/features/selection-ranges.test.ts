import { expect, test } from 'vitest'
import type { SelectionRange } from 'vscode-languageserver-types'
import { selectionRange } from '../../server/src/features/selection-ranges'
import { marked } from './view'

/** The texts that are selected one after the other, the file left out. */
function steps(source: string): readonly string[] {
  const { view, offset, text } = marked(source)
  const lines = view.lines(view.analysis.uri)
  const found: string[] = []
  let at: SelectionRange | undefined = selectionRange(view.analysis.file, lines, offset)
  for (; at !== undefined; at = at.parent) {
    found.push(text.slice(lines.offset(at.range.start), lines.offset(at.range.end)))
  }
  expect(found.at(-1)).toBe(text)
  return found.slice(0, -1)
}

test('a selection grows from the word through arguments, call, stage and flow to the statement', () => {
  expect(steps('network N {\n  y = x -> conv(8, kern$0el=3) -> relu\n}\n')).toEqual([
    'kernel',
    'kernel=3',
    '8, kernel=3',
    '(8, kernel=3)',
    'conv(8, kernel=3)',
    '-> conv(8, kernel=3)',
    'x -> conv(8, kernel=3)',
    'x -> conv(8, kernel=3) -> relu',
    'y = x -> conv(8, kernel=3) -> relu',
    '\n  y = x -> conv(8, kernel=3) -> relu\n',
    '{\n  y = x -> conv(8, kernel=3) -> relu\n}',
    'network N {\n  y = x -> conv(8, kernel=3) -> relu\n}',
  ])
})

test('quotes, brackets and comments are steps of their own', () => {
  expect(steps('from "./a$0.cnn" import a\n')).toEqual(['./a.cnn', '"./a.cnn"', 'from "./a.cnn" import a'])
  expect(steps('sizes = [1, 2$03]\n')).toEqual(['23', '1, 23', '[1, 23]', 'sizes = [1, 23]'])
  expect(steps('# A wo$0rd.\nsize = 3\n')).toEqual(['A word.', '# A word.'])
})

test('the documentation belongs to what it documents', () => {
  expect(steps('# Other.\n\n## A size.\nsi$0ze = 3\n')).toEqual(['size', 'size = 3', '## A size.\nsize = 3'])
})
