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

test.each([
  ['an image', '![a](https://e.org/b.png) of it', 'a of it'],
  ['an image that is no link', '![a', '!(a'],
  ['an icon', '$(alert) danger', '$\u2060(alert) danger'],
  ['a link and code', 'See [the paper](https://e.org) for `conv_bn`.', 'See the paper for conv_bn.'],
  ['the end of the link that shows it', 'a](https://e.org) [b', 'a)(https://e.org) (b'],
  ['HTML', 'a <img src=b>', 'a <\u2060img src=b>'],
])('in the tooltip of a link has no effect: %s', (_, about, tooltip) => {
  const { view } = viewed({ 'main.cnn': 'from "./a.cnn" import u\n', 'a.cnn': `## ${about}\n\nu = 1\n` })
  expect(documentLinks(view)[0]?.tooltip).toBe(tooltip)
})
