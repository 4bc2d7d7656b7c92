import { describe, expect, test } from 'vitest'
import { parse } from '../../../grammar/parse'
import { walk } from '../../../grammar/walk'

/** The documentation of every node that has one, by the node's name. */
function docs(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  const file = parse(text)
  if (file.doc) found.file = file.doc.text
  walk(file, (node) => {
    if (node.kind !== 'file' && 'doc' in node && node.doc) found[node.name.name] = node.doc.text
    return true
  })
  return found
}

describe('documentation', () => {
  test('stands before what it documents, without its marks', () => {
    expect(docs('## First.\n##\n##   Indented.\nA = 1\n## Second.\nblock b() { }')).toEqual({
      A: 'First.\n\n  Indented.',
      b: 'Second.',
    })
  })

  test('belongs to the file when an empty line sets it off at the top', () => {
    expect(docs('## About.\n## More.\n\n## Of A.\nA = 1')).toEqual({ file: 'About.\nMore.', A: 'Of A.' })
    expect(docs('# Copyright\n## About.\n\nA = 1')).toEqual({ file: 'About.' })
    expect(docs('## About.\n')).toEqual({ file: 'About.' })
    expect(docs('## Of A.\nA = 1')).toEqual({ A: 'Of A.' })
  })

  test('documents inputs and networks', () => {
    expect(docs('A = 1\n## The net.\nnetwork N {\n  ## The picture.\n  input x: 3\n}')).toEqual({
      N: 'The net.',
      x: 'The picture.',
    })
  })

  test('lets ordinary comments stand between', () => {
    expect(docs('A = 1\n## Of B.\n# cnnlint-disable-next-line a-rule\nB = 2')).toEqual({ B: 'Of B.' })
  })

  test('does not stand at the end of a line', () => {
    expect(docs('A = 1 ## not this\nB = 2')).toEqual({})
  })

  test('has the range of its lines', () => {
    const text = 'A = 1\n  ## One.\n  ## Two.\nB = 2'
    const [, b] = parse(text).items
    const doc = b?.kind === 'constant' ? b.doc : undefined
    expect(text.slice(doc?.start, doc?.end)).toBe('## One.\n  ## Two.')
  })
})

test('all comments are kept, with their marks and places', () => {
  const text = '# a\nA = [1, # b\n  2] ## c\n# d'
  const { comments } = parse(text)
  expect(comments.map((comment) => comment.text)).toEqual(['# a', '# b', '## c', '# d'])
  for (const { start, end, text: written } of comments) expect(text.slice(start, end)).toBe(written)
})
