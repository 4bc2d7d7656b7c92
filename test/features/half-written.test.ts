import { describe, expect, test } from 'vitest'
import type { DocumentSymbol, Range, SelectionRange } from 'vscode-languageserver-types'
import { type LineIndex, lineIndex } from '../../grammar/positions'
import { analyze } from '../../server/src/check/analyze'
import { codeLenses } from '../../server/src/features/code-lens'
import { documentLinks } from '../../server/src/features/document-links'
import { documentSymbols } from '../../server/src/features/document-symbols'
import { foldingRanges } from '../../server/src/features/folding'
import { inlayHints, resolveInlayHint } from '../../server/src/features/inlay-hints'
import { selectionRange } from '../../server/src/features/selection-ranges'
import { semanticTokens } from '../../server/src/features/semantic-tokens'
import { DEFAULT_SETTINGS } from '../../server/src/features/support/settings'
import type { View } from '../../server/src/features/support/view'
import { DEFAULT_LINT } from '../../server/src/lint/settings'
import { sampled } from '../helpers/sample'
import { exampleHost, textOf } from '../zoo/examples'

const PATHS = [
  'classification/densenet.cnn',
  'classification/lenet5.cnn',
  'classification/resnet.cnn',
  'detection/mask_rcnn.cnn',
  'segmentation/unet.cnn',
]
/** How many halves of each example are looked at. */
const CUTS = 12

const settings = {
  ...DEFAULT_SETTINGS.inlayHints,
  optionNames: true,
  changedAxes: true,
}

describe.each(PATHS)('%s, as far as it is written', (path) => {
  const text = textOf(path)
  // Odd steps cut in the middle of lines and words.
  const step = Math.floor(text.length / CUTS) | 1
  const ends = Array.from({ length: CUTS }, (_, i) => Math.min(text.length, (i + 1) * step))

  test.each(sampled([...ends, text.length], 2))('to offset %i', (end) => {
    check(path, text.slice(0, end))
    // The rest of the text behind a hole, as when a line in the middle is being written.
    check(path, text.slice(0, end) + text.slice(end + 7))
  })
})

/** What editors refuse, or show wrongly, for any text. */
function check(path: string, text: string): void {
  const host = exampleHost({ path, text })
  const analysis = analyze(path, host)
  const lines = lineIndex(text)
  const linesOf = (file: string) => (file === path ? lines : lineIndex(host.file(file)?.text ?? ''))
  const known = { lint: DEFAULT_LINT, ignored: false, isOpen: true, lines: linesOf, resolve: host.resolve }
  const view: View = { analysis, importers: [], ...known }

  checkTokens(semanticTokens(view), lines)
  for (const { startLine, endLine } of foldingRanges(analysis.file, lines)) {
    expect(startLine).toBeLessThan(endLine)
    expect(endLine).toBeLessThan(lines.lineCount)
  }
  for (const symbol of documentSymbols(view)) checkSymbol(symbol, lines)
  checkSelection(selectionRange(analysis.file, lines, text.length >> 1), lines)
  for (const { range } of documentLinks(view)) checkRange(range, lines)
  for (const { range, command } of codeLenses(view, { enable: true })) {
    checkRange(range, lines)
    expect(command?.title).toBeTruthy()
  }
  const { hints } = inlayHints(view, { range: analysis.file, settings })
  for (const hint of hints) {
    expect(lines.position(lines.offset(hint.position))).toEqual(hint.position)
    resolveInlayHint(view, hint, DEFAULT_SETTINGS.hover)
  }
  const ends = hints.filter(({ paddingLeft }) => paddingLeft === true).map(({ position }) => position.line)
  expect(new Set(ends).size).toBe(ends.length)
}

function checkTokens(data: readonly number[], lines: LineIndex): void {
  let [line, character, end] = [0, 0, 0]
  for (let i = 0; i < data.length; i += 5) {
    const [down = 0, right = 0, length = 0] = data.slice(i, i + 3)
    expect(Math.min(down, right)).toBeGreaterThanOrEqual(0)
    if (down > 0) [line, character, end] = [line + down, 0, 0]
    character += right
    // Tokens stand one behind the other, within their line.
    expect(character).toBeGreaterThanOrEqual(end)
    end = character + length
    const { start, end: stop } = lines.line(line)
    expect(end).toBeLessThanOrEqual(stop - start)
  }
}

function checkSymbol({ name, range, selectionRange, children = [] }: DocumentSymbol, lines: LineIndex): void {
  expect(name).not.toBe('')
  const [outer, inner] = [range, selectionRange].map((each) => checkRange(each, lines))
  expect(outer?.start).toBeLessThanOrEqual(inner?.start ?? -1)
  expect(outer?.end).toBeGreaterThanOrEqual(inner?.end ?? Number.POSITIVE_INFINITY)
  for (const child of children) checkSymbol(child, lines)
}

function checkSelection({ range, parent }: SelectionRange, lines: LineIndex): void {
  const inner = checkRange(range, lines)
  if (parent === undefined) return
  const outer = checkRange(parent.range, lines)
  expect(outer.start).toBeLessThanOrEqual(inner.start)
  expect(outer.end).toBeGreaterThanOrEqual(inner.end)
  checkSelection(parent, lines)
}

function checkRange({ start, end }: Range, lines: LineIndex) {
  const offsets = { start: lines.offset(start), end: lines.offset(end) }
  expect(offsets.start).toBeLessThanOrEqual(offsets.end)
  expect(lines.position(offsets.end)).toEqual(end)
  return offsets
}
