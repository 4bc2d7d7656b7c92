import { expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { lineIndex } from '../../grammar/positions'
import { formatOnType } from '../../server/src/features/format-on-type'

/** The text after what was typed before the mark `$0` was laid out. */
function typed(source: string): string {
  const offset = source.indexOf('$0')
  const text = source.replace('$0', '')
  const edits = formatOnType(text, lineIndex(text), offset, text[offset - 1] as string)
  return TextDocument.applyEdits(TextDocument.create('file:///a.cnn', 'cnn', 1, text), [...edits])
}

test('a new line lays out the line that it ends, and no other', () => {
  expect(typed('network N {\n  input image:[3,8,8]\n  x=image->relu\n  $0\n  y=x\n}\n')).toBe(
    'network N {\n  input image:[3,8,8]\n  x = image -> relu\n  \n  y=x\n}\n',
  )
})

test('a closing brace lays out its body', () => {
  expect(
    typed('network   N {\ninput image:[3,8,8]\n   output y=image->relu\n}$0\nblock b(x:tensor) {\n}\n'),
  ).toBe('network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\nblock b(x:tensor) {\n}\n')
  expect(typed('block b(x: tensor,k) {\n  if k==1 {\n  x=x->relu\n  }$0\n  return   x\n}\n')).toBe(
    'block b(x: tensor,k) {\n  if k == 1 {\n    x = x -> relu\n  }\n  return   x\n}\n',
  )
})

test('half-written text stays as it is', () => {
  const open = 'network N {\n  x = image->conv(64,\n  $0'
  expect(typed(open)).toBe(open.replace('$0', ''))
  expect(typed('\n$0')).toBe('\n')
  expect(typed('}$0')).toBe('}')
})
