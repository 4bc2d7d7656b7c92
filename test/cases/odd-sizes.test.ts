/** Sizes that a stage rounds on the way down: what is said of them, where, and what is offered first (README.md). */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { offeredFixes } from '../../server/src/lint/offer'
import { applyEdits } from '../../server/src/model/problem'
import { changedLines } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

interface Case {
  readonly file: string
  /** What the message names as the cause. */
  readonly cause: string
  /** The line on which the stage stands that rounded, from 1. */
  readonly line: number
  /** The lines that the first fixes change, in order. */
  readonly first: readonly string[]
  /** A later fix leaves these. */
  readonly also: string
}

const CASES: readonly Case[] = [
  {
    file: '04-unet-keras-358',
    cause: '89 is odd: maxpool(2) makes 44, doubled 88.',
    line: 9,
    first: ['input image: 1x360x360', 'input image: 1x352x352'],
    also: [
      'u2 = concat(bottom -> conv_transpose(4 * f, 3, stride=2, padding=same) -> relu -> resize(s2), s2) -> double(4 * f)',
      'u1 = concat(u2 -> conv_transpose(2 * f, 3, stride=2, padding=same) -> relu -> resize(s1), s1) -> double(2 * f)',
    ].join('\n'),
  },
  {
    file: '06-unet-same-572',
    cause: '71 is odd: maxpool(2) makes 35, doubled 70.',
    line: 9,
    first: ['input image: 1x576x576', 'input image: 1x560x560'],
    also: [
      'd4 = concat(c4, c5 -> conv_transpose(512, 2, stride=2) -> resize(c4)) -> double(512)',
      'd3 = concat(c3, d4 -> conv_transpose(256, 2, stride=2) -> resize(c3)) -> double(256)',
    ].join('\n'),
  },
  {
    file: '07-unet-strided-684',
    cause: '43 is odd: conv(192, 3, stride=2, padding=1, bias=false) makes 22, doubled 44.',
    line: 2,
    first: ['input image: 3x1024x672', 'input image: 3x1024x704'],
    also: [
      'u4 = concat(d5 -> conv_transpose(96, 2, stride=2) -> relu -> resize(d4), d4) -> conv(96, 3, padding=1, bias=false) -> batchnorm -> relu',
      'u3 = concat(u4 -> conv_transpose(48, 2, stride=2) -> relu, d3) -> conv(48, 3, padding=1, bias=false) -> batchnorm -> relu',
      'u2 = concat(u3 -> conv_transpose(24, 2, stride=2) -> relu -> resize(d2), d2) -> conv(24, 3, padding=1, bias=false) -> batchnorm -> relu',
    ].join('\n'),
  },
  {
    file: '12-keras-ae-25',
    cause: '25 is odd: conv(8, 3, stride=2, padding=1) makes 13, doubled 26; 13 and 7 are rounded too.',
    line: 4,
    first: [
      'recon = code -> conv_transpose(8, 3, stride=2, padding=1, output_padding=1) -> relu -> 2 * (conv_transpose(8, 3, stride=2, padding=1) -> relu) -> conv_transpose(1, 3, stride=2, padding=1)',
      'input image: 1x32x32',
    ],
    also: 'output error = sub(image, recon -> center_crop(image))',
  },
  {
    file: 'k6a-rect',
    cause: '637 is odd: maxpool(2) makes 318, doubled 636.',
    line: 4,
    first: ['network N { input image: 3x720x1276', 'network N { input image: 3x720x1272'],
    also: [
      'd = c -> conv_transpose(16, 2, stride=2, output_padding=[0, 1]) -> relu',
      'e = concat(d, b) -> conv(16, 3, padding=1) -> relu -> conv_transpose(8, 2, stride=2, output_padding=[0, 1])',
    ].join('\n'),
  },
]

it.each(CASES)('$file', ({ file, cause, line, first, also }) => {
  const text = readFileSync(new URL(`${file}.cnn`, import.meta.url), 'utf8')
  const { analysis, host } = analyzed(text)
  const before = analysis.file.text
  const [problem, ...others] = analysis.problems
  expect(others).toEqual([])
  expect(problem?.message).toContain(cause)
  expect(problem?.message).not.toContain('padding=half')
  const causes = (problem?.related ?? []).filter(({ isCause }) => isCause)
  expect(causes.map(({ range }) => before.slice(0, range.start).split('\n').length)).toEqual([line])
  const fixes = problem === undefined ? [] : offeredFixes({ analysis, host, problem })
  const lines = fixes.map(({ edits }) => changedLines(before, applyEdits(before, edits)))
  expect(lines.slice(0, first.length)).toEqual(first)
  expect(lines).toContain(also)
})
