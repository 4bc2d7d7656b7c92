/** Mistakes that people made: what is said of each, where, and what is offered first (README.md). */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findings } from '../../server/src/lint/findings'
import { offeredFixes } from '../../server/src/lint/offer'
import { applyEdits } from '../../server/src/model/problem'
import { changedLines } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

interface Case {
  /** The name of the file, without `.cnn`. */
  readonly file: string
  readonly code: string
  /** The texts that are underlined, in order. */
  readonly at: readonly string[]
  /** The lines that the first fix of the first of them changes; null where none is certain. */
  readonly first: string | null
}

const CASES: readonly Case[] = [
  {
    file: '26-crnn-height64',
    code: 'reshape-mismatch',
    at: ['[512, x.width]'],
    first: 'input line: 1x32x128',
  },
  {
    file: 'k10a-conv-lstm',
    code: 'misread-axes',
    at: ['lstm'],
    first:
      'output y = signal -> conv(64, 5) -> relu -> maxpool(4) -> permute([1, 0]) -> lstm(128) -> linear(5) }',
  },
  { file: 'k12b-batch', code: 'batch-in-input', at: ['x'], first: 'network N { input x: 3x224x224' },
  { file: 'k12c-hwc', code: 'channels-last-input', at: ['x'], first: 'network N { input x: 3x224x224' },
  { file: 'k12d-hwc2', code: 'channels-last-input', at: ['x'], first: 'network N { input x: 1x28x28' },
]

function read(file: string): string {
  return readFileSync(new URL(`${file}.cnn`, import.meta.url), 'utf8')
}

it.each(CASES)('$file is found by $code, with the right fix first', ({ file, code, at, first }) => {
  const text = read(file)
  const { analysis, host } = analyzed(text)
  const found = findings(analysis).filter((problem) => problem.code === code)
  expect(found.map(({ range }) => analysis.file.text.slice(range.start, range.end))).toEqual(at)
  const [fix] = found.flatMap((problem) => offeredFixes({ analysis, host, problem }))
  const { text: before } = analysis.file
  expect(fix ? changedLines(before, applyEdits(before, fix.edits)) : null).toBe(first)
})

/** These say what axes there are, and no other file may be taken for one that does. */
const OF_AXES = [
  ...['batch-in-input', 'broadcast-channels', 'channels-last-input', 'image-without-channels'],
  'misread-axes',
]

it('finds confused axes in no other case', () => {
  const named = new Set(CASES.filter(({ code }) => OF_AXES.includes(code)).map(({ file }) => file))
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.cnn'))
  const others = files.map((name) => name.replace(/\.cnn$/, '')).filter((file) => !named.has(file))
  expect(others.length).toBeGreaterThan(20)
  const found = others.flatMap((file) =>
    findings(analyzed(read(file)).analysis)
      .filter(({ code }) => OF_AXES.includes(code))
      .map(({ code }) => `${file} ${code}`),
  )
  expect(found).toEqual([])
})
