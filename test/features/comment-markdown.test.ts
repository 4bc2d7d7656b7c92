/** What stands in comments is shown as Markdown, by an editor that would load and draw what it names. */
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { fromComment, source } from '../../server/src/features/support/markdown'
import { randomBelow } from '../lsp/random-edits'
import { documentationOf } from './completions'

/** CommonMark as an editor reads it that trusts everything. */
const renderer = new MarkdownIt({ html: true })

/** What an editor would draw; icons are what VS Code takes for one, in code too. */
function effectsOf(markdown: string): readonly string[] {
  const html = renderer.render(`${markdown}\n\nbehind it`)
  const found = [...html.matchAll(/<(?:img|b|script)\b|\$\([a-z-]+\)/g)].map(([effect]) => effect)
  return /<p>behind it<\/p>\s*$/.test(html) ? found : [...found, 'what follows is swallowed']
}

describe('Markdown from a comment', () => {
  test.each([
    '**A** `b` _c_ [d](https://e.org) a < b, $x$',
    '- a\n- b\n\n1. c',
    '```cnn\nx = 1\n```\nbehind it',
    '~~~\n```\n~~~',
  ])('what has no effect stays as it is: %j', (text) => {
    expect(fromComment(text)).toBe(text)
  })

  test.each([
    ['an image', 'a ![b](https://c.org/d.png)'],
    ['an image by reference', '![b][c]\n\n[c]: https://c.org/d.png'],
    ['HTML', 'a <img src="b"> <b>x</b> <script>'],
    ['an icon', '$(alert) a `$(alert)`'],
    ['an icon whose bracket is escaped', '$\\(alert) \\$(alert)'],
    ['behind a fence', '```\na\n```\n![b](c)'],
    ['a code span that ends on the line where another seems to begin', 'a ` b\n` ![b](c) `'],
    ['an open code span', 'a ` ![b](c)'],
    ['an open fence', 'a\n```cnn\nb'],
    ['an open fence of tildes', '~~~~\n~~~\nb'],
    ['a fence in a list', '- ```\n  ```\n![b](c)'],
    ['an open fence in a list', '- a\n  ```\nb'],
    ['a fence in a list that ends outside', '- a\n  ```\n```\nb'],
    ['an open fence in a quote', '> ```\n> b'],
    ['a fence that is indented as code is', '    ```\nb\n```\n![b](c)'],
    ['a fence of one kind in the other', '```\n~~~\n![b](c)\n```\n~~~\n```'],
  ])('has no effect: %s', (_, text) => {
    expect(effectsOf(fromComment(text))).toEqual([])
  })

  test('has no effect: whatever is put together of its pieces', () => {
    const pieces = [
      '```',
      '~~~',
      '`',
      '\n',
      '\n\n',
      '- ',
      '> ',
      '  ',
      '    ',
      '![b](c)',
      '<b>',
      '$(alert)',
      'a ',
      '\\',
      '1. ',
      '\t',
    ]
    const below = randomBelow(1)
    for (let i = 0; i < 5000; i++) {
      const text = Array.from({ length: 1 + below(9) }, () => pieces[below(pieces.length)]).join('')
      expect(effectsOf(fromComment(text)), JSON.stringify(text)).toEqual([])
    }
  })

  test('has no effect: in what completion shows of blocks, imported names and files', () => {
    const about = '![b](https://c.org/d.png) <b>x</b> $(alert)\n## ```\n## open'
    const files = { 'blocks.cnn': `## ${about}\n\n## ${about}\nblock unit(x: tensor) { return x }\n` }
    const shown = [
      documentationOf(
        {
          'main.cnn': `## ${about}\nblock u(x: tensor) { return x }\nblock v(x: tensor) { return x -> $0 }\n`,
        },
        'u',
      ),
      documentationOf({ 'main.cnn': 'from "./blocks.cnn" import $0', ...files }, 'unit'),
      documentationOf(
        { 'main.cnn': 'from "./blocks.cnn" import unit\nfrom "$0" import x', ...files },
        './blocks.cnn',
      ),
    ]
    for (const each of shown) {
      expect(each).toContain('open')
      expect(effectsOf(each ?? '')).toEqual([])
    }
  })

  test('a block of source holds fences', () => {
    expect(source('X = "```"')).toBe('````cnn\nX = "```"\n````')
    expect(source('X = 1')).toBe('```cnn\nX = 1\n```')
  })
})
