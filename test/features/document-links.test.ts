import { expect, test } from 'vitest'
import { documentLinks } from '../../server/src/features/document-links'
import { viewed } from './view'

test('the path of an import leads to its file and shows what the file is about', () => {
  const { view, text } = viewed({
    'nets/main.cnn': `
      from "../blocks.cnn" import unit
      from "./plain.cnn" import other
      from "./missing.cnn" import nothing
      from "" import empty
    `,
    'blocks.cnn': '## Residual units.\n## And more.\n\nblock unit(x: tensor) { return x }\n',
    'nets/plain.cnn': 'block other(x: tensor) { return x }\n',
  })
  const lines = view.lines(view.analysis.uri)
  const links = documentLinks(view).map(({ range, target, tooltip }) => ({
    text: text.slice(lines.offset(range.start), lines.offset(range.end)),
    target,
    tooltip,
  }))
  expect(links).toEqual([
    { text: '../blocks.cnn', target: 'blocks.cnn', tooltip: 'Residual units.' },
    { text: './plain.cnn', target: 'nets/plain.cnn', tooltip: './plain.cnn' },
  ])
})
