import { describe, expect, test } from 'vitest'
import type { ReportedProblem } from '../../server/src/cli/findings'
import { findingsText } from '../../server/src/cli/formats/findings-text'
import type { Output } from '../../server/src/cli/terminal'
import { displayWidth } from '../../server/src/cli/width'

const WORDS = {
  what: 'kernel 7 is larger than the padded height 4',
  why: 'a window must fit into its padded input at least once, wherever it stands on it',
  todo: 'use padding=2 or more, or a kernel of at most 4, or a larger input for all of them',
}

/** A finding on the part of a source line that is marked: `a -> «conv»`. */
function finding(marked: string, more: Partial<ReportedProblem> = {}): ReportedProblem {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  return {
    file: 'a.cnn',
    severity: 'error',
    code: 'window-exceeds-input',
    message: 'unused',
    words: WORDS,
    line: 5,
    endLine: 5,
    column: start + 1,
    endColumn: end + 1,
    source: marked.replace(/[«»]/g, ''),
    related: [],
    ...more,
  }
}

function shown(findings: readonly ReportedProblem[], columns: number | undefined): string {
  const out: Output = { write: () => {}, paint: (_, text) => text, columns }
  return findingsText(findings, out)
}

describe('a message', () => {
  test('is wrapped where a terminal is narrow', () => {
    expect(shown([finding('  y = x -> conv(8, «7»)')], 60)).toBe(`\
a.cnn:5:20 error[window-exceeds-input] Kernel 7 is larger
  than the padded height 4.
 5 |   y = x -> conv(8, 7)
   |                    ^
   = A window must fit into its padded input at least once,
     wherever it stands on it.
   help: Use padding=2 or more, or a kernel of at most 4, or
         a larger input for all of them.
   page: https://github.com/cnnlint/cnnlint/blob/main/docs/diagnostics/window-exceeds-input.md

`)
  })

  test('is on one line through a pipe', () => {
    const lines = shown([finding('  y = x -> conv(8, «7»)')], undefined).split('\n')
    expect(lines[0]).toBe(
      'a.cnn:5:20 error[window-exceeds-input] Kernel 7 is larger than the padded height 4.',
    )
    expect(lines).toHaveLength(8)
  })

  test('has the page of its code once', () => {
    const text = shown(
      [finding('«a»'), finding('«b»', { line: 6 }), finding('«c»', { code: 'unknown-name' })],
      80,
    )
    expect(text.match(/page: .*/g)).toHaveLength(2)
  })
})

describe('a source line', () => {
  test('is shown once for all findings on it, with carets under each', () => {
    const text = shown(
      [finding('  «ab» -> cd -> ef'), finding('  ab -> cd -> «ef»', { severity: 'warning' })],
      80,
    )
    expect(text.match(/ 5 \| .*\n.*/g)).toEqual([' 5 |   ab -> cd -> ef\n   |   ^^          ^^'])
  })

  test('is clipped to the terminal, around the finding', () => {
    const steps = Array.from({ length: 60 }, (_, i) => `step${i}`).join(' -> ')
    const text = shown([finding(steps.replace('step40', '«step40»'))], 60)
    const lines = text.split('\n')
    const at = lines.findIndex((line) => line.startsWith(' 5 | '))
    expect(displayWidth(lines[at] as string)).toBeLessThanOrEqual(60)
    expect(lines[at]).toMatch(/^ 5 \| ….* -> step40 -> .*…$/)
    expect((lines[at + 1] as string).indexOf('^')).toBe((lines[at] as string).indexOf('step40'))
  })

  test('of great length is not looked at as a whole for each finding', () => {
    const line = 'x -> '.repeat(200_000)
    const findings = Array.from({ length: 2000 }, (_, i) =>
      finding(`${line}`, { column: 500 * i + 1, endColumn: 500 * i + 2, source: line }),
    )
    expect(shown(findings, 80).length).toBeLessThan(2000 * 600)
  })

  test('with wide letters and tabs has its carets where they are seen', () => {
    expect(shown([finding('\t深い -> «bild»')], 100)).toContain(
      '\n 5 |     深い -> bild\n   |             ^^^^\n',
    )
  })

  test('may have nothing where something is missing', () => {
    expect(shown([finding('x ->«»')], 80)).toContain('\n 5 | x ->\n   |     ^\n')
  })
})
