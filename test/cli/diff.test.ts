import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unifiedDiff } from '../../server/src/cli/formats/diff'

const diff = (before: string, after: string, file = 'a.cnn') =>
  unifiedDiff(file, { before, after }, (_, text) => text)

/** What a program that reads unified diffs makes of a text. */
function patched(text: string, patch: string): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const result: string[] = []
  let at = 0
  for (const hunk of patch.split(/^(?=@@ )/m).slice(1)) {
    const [head = '', ...body] = hunk.match(/[^\n]*\n/g) ?? []
    const [, start = 0, size = 1, newStart = 0, newSize = 1] = (
      /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(head) ?? []
    ).map((part) => (part === undefined ? undefined : Number(part)))
    const from = size === 0 ? start : start - 1
    result.push(...lines.slice(at, from))
    expect(newSize === 0 ? newStart : newStart - 1).toBe(result.length)
    at = from
    const [old, now] = [at, result.length]
    for (const [i, line] of body.entries()) {
      if (line.startsWith('\\')) continue
      const content = body[i + 1]?.startsWith('\\') ? line.slice(1, -1) : line.slice(1)
      if (!line.startsWith('+')) expect(lines[at++]).toBe(content)
      if (!line.startsWith('-')) result.push(content)
    }
    expect([at - old, result.length - now]).toEqual([size, newSize])
  }
  return [...result, ...lines.slice(at)].join('')
}

describe('a diff', () => {
  test('shows what is removed and added with three lines around it', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\n'
    expect(diff(before, before.replace('e', 'E'))).toBe(
      '--- a/a.cnn\n+++ b/a.cnn\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
    )
  })

  test('shares the lines between changes that are near, and parts those that are not', () => {
    const before = Array.from({ length: 30 }, (_, i) => `${i}\n`).join('')
    const near = diff(before, before.replace('\n5\n', '\nx\n').replace('\n10\n', '\ny\n'))
    expect(near.match(/^@@.*/gm)).toEqual(['@@ -3,12 +3,12 @@'])
    const far = diff(before, before.replace('\n5\n', '\nx\n').replace('\n15\n', '\n'))
    expect(far.match(/^@@.*/gm)).toEqual(['@@ -3,7 +3,7 @@', '@@ -13,7 +13,6 @@'])
  })

  test('says where a text has no line end at its end, and where it is empty', () => {
    expect(diff('a', 'a\n')).toContain('-a\n\\ No newline at end of file\n+a\n')
    expect(diff('', 'a\n')).toContain('@@ -0,0 +1 @@\n+a\n')
    expect(diff('a\n', '')).toContain('@@ -1 +0,0 @@\n-a\n')
  })

  test('names an absolute path as it is', () => {
    expect(diff('a\n', 'b\n', '/x/a.cnn')).toMatch(/^--- \/x\/a\.cnn\n\+\+\+ \/x\/a\.cnn\n/)
  })

  test('leads to a text that has changed in thousands of lines', () => {
    const lines = Array.from({ length: 6000 }, (_, i) => `line ${i}\n`)
    const before = lines.join('')
    const spaced = lines.map((line, i) => (i % 3 === 2 ? line : ` ${line}`)).join('')
    expect(patched(before, diff(before, spaced))).toBe(spaced)
    const turned = lines.toReversed().join('')
    expect(patched(before, diff(before, turned))).toBe(turned)
    expect(patched('', diff('', before))).toBe(before)
  })

  test('shows nothing that a terminal or a build server obeys, but keeps tabs and line ends', () => {
    const shown = diff('\t::error::\u001B\u202E\r\nb\r\n', '\t##vso[x]\r\nb\r\n')
    expect(shown).toContain('-\t:\uFFFDerror::\uFFFD\uFFFD\r\n+\t#\uFFFDvso[x]\r\n b\r\n')
  })

  test('leads from one text to the other', () => {
    const text = fc
      .tuple(
        fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 24 }),
        fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 2 }),
      )
      .map(([lines, last]) => lines.join('') + last)
    fc.assert(
      fc.property(text, text, (before, after) => {
        if (before !== after) expect(patched(before, diff(before, after))).toBe(after)
      }),
      { numRuns: 500 },
    )
  })
})
