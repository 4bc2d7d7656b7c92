/** What stands in comments is shown as Markdown, by an editor that would load and draw what it names. */
import { describe, expect, test } from 'vitest'
import { fromComment, source } from '../../server/src/features/support/markdown'

describe('Markdown from a comment', () => {
  test.each([
    ['what has no effect stays as it is', '**A** `b` _c_ [d](https://e.org) a < b, $x$', undefined],
    ['an image', 'a ![b](https://c.org/d.png)', 'a !\\[b](https://c.org/d.png)'],
    ['HTML', 'a <img src="b"> </b> <!-- c', 'a \\<img src="b"> \\</b> \\<!-- c'],
    ['an icon', '$(alert) a', '\\$(alert) a'],
    ['in code it stays', '`![a](b)` and ``<b> ` $(c)``', undefined],
    ['in a fence it stays', '```\n<b> ![a](b)\n```\nc', undefined],
    ['behind a fence it does not', '```\na\n```\n![b](c)', '```\na\n```\n!\\[b](c)'],
    ['an open fence is closed', 'a\n```cnn\nb', 'a\n```cnn\nb\n```'],
    ['an open fence of tildes is closed', '~~~~\n~~~\nb', '~~~~\n~~~\nb\n~~~~'],
    ['an open code span ends with its paragraph', 'a ` ![b](c)', 'a ` !\\[b](c)'],
  ])('%s', (_, text, shown) => {
    expect(fromComment(text)).toBe(shown ?? text)
  })

  test('a block of source holds fences', () => {
    expect(source('X = "```"')).toBe('````cnn\nX = "```"\n````')
    expect(source('X = 1')).toBe('```cnn\nX = 1\n```')
  })
})
