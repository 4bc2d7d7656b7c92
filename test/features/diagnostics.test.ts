import { expect, test } from 'vitest'
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types'
import { diagnostics, toDiagnostic } from '../../server/src/features/diagnostics'
import { DEFAULT_SETTINGS, readSettings } from '../../server/src/features/support/settings'
import { marked, type Sources } from './view'

const diagnosed = (sources: Sources, settings = DEFAULT_SETTINGS) =>
  diagnostics(marked(sources).view, settings.diagnostics)

const BLOCK = 'block b(x: tensor, k) { return x -> conv(8, k) }\n'
const user = (...kernels: number[]) =>
  `from "./blocks.cnn" import b\nnetwork N {\n  input image: [3, 8, 8]\n${kernels
    .map((k, i) => `  y${i} = image -> b(${k})\n`)
    .join('')}  output y = y0\n}\n`

test('a problem with its code, page, source and place', () => {
  const [problem] = diagnosed(
    '$0network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 9)\n}\n',
  )
  expect(problem).toEqual({
    code: 'window-exceeds-input',
    codeDescription: { href: expect.stringMatching(/\/diagnostics\/window-exceeds-input\.md$/) },
    message: expect.stringContaining('9'),
    range: { start: { line: 2, character: 30 }, end: { line: 2, character: 31 } },
    severity: DiagnosticSeverity.Error,
    source: 'cnnlint',
  })
})

test('what a rule finds leads to the pages of the rules', () => {
  const [problem] = diagnosed(
    '$0network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 3, stride=2)\n}\n',
  )
  expect(problem?.severity).toBe(DiagnosticSeverity.Information)
  expect(problem?.codeDescription?.href).toMatch(/\/rules\/stride-drops-pixels\.md$/)
})

test('a fault in an imported block stands at the call, and names the fault', () => {
  const [problem, ...others] = diagnosed({ 'main.cnn': `$0${user(9)}`, 'blocks.cnn': BLOCK })
  expect(others).toEqual([])
  expect(problem?.range.start.line).toBe(3)
  expect(problem?.relatedInformation?.[0]).toMatchObject({
    location: { uri: 'blocks.cnn', range: { start: { line: 0, character: BLOCK.indexOf('k)', 30) } } },
  })
})

test('in the file of the block it stands at the fault, once for all files and calls that lead there', () => {
  const [problem, ...others] = diagnosed({
    'blocks.cnn': `$0${BLOCK}`,
    'main.cnn': user(9, 9),
    'other.cnn': user(9),
  })
  expect(others).toEqual([])
  expect(problem?.range).toEqual({
    start: { line: 0, character: BLOCK.indexOf('k)', 30) },
    end: { line: 0, character: BLOCK.indexOf('k)', 30) + 1 },
  })
  expect(
    problem?.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line]),
  ).toEqual([['main.cnn', 3]])
})

test('settings change a severity, or leave a problem out', () => {
  const text = '$0network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 9)\n}\n'
  const severity = (name: string) =>
    diagnosed(text, readSettings({ diagnostics: { severity: { 'window-exceeds-input': name } } })).map(
      (problem) => problem.severity,
    )
  expect(severity('hint')).toEqual([DiagnosticSeverity.Hint])
  expect(severity('warning')).toEqual([DiagnosticSeverity.Warning])
  expect(severity('off')).toEqual([])
  expect(severity('loud')).toEqual([DiagnosticSeverity.Error])
})

test('what is without effect is faded', () => {
  const { view } = marked('$0X = 1\n')
  const problem = {
    code: 'some-code',
    severity: 'hint',
    message: 'm',
    file: 'test.cnn',
    range: { start: 0, end: 1 },
    related: [],
    unnecessary: true,
  } as const
  expect(toDiagnostic(problem, view.lines).tags).toEqual([DiagnosticTag.Unnecessary])
})

test('settings that are no settings are the defaults', () => {
  for (const sent of [null, undefined, 5, 'x', [], { diagnostics: null, hover: [] }]) {
    expect(readSettings(sent)).toEqual(DEFAULT_SETTINGS)
  }
})
