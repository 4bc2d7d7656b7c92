/** The examples of the codes: what is found in them, what fixes it, and the example repaired. */
import type { Analysis } from '../check/analysis'
import { analyze } from '../check/analyze'
import { memoryHost } from '../check/host'
import type { ProvenFix } from '../fixes/fix'
import { applyEdits, type Problem } from '../model/problem'
import { findRule } from '../rules/index'
import type { DescribedCode } from './codes'
import { findings, type LintContext } from './findings'
import { offeredFixes } from './offer'
import { exampleSettings } from './settings'

/** What examples of imports import. */
const IMPORTED: Readonly<Record<string, string>> = {
  'blocks.cnn': 'block unit(x: tensor) { return x -> relu }\n',
  'broken.cnn': 'block broken(x: tensor) { return x -> conv(8, 3 }\n',
}

/** The files that an example imports, each with its text. */
export function importedBy(example: string): readonly (readonly [name: string, text: string])[] {
  return Object.entries(IMPORTED).filter(([name]) => example.includes(`"./${name}"`))
}

/** Where an example stands: beside the files that it imports. */
const EXAMPLE = 'example.cnn'

export interface ExampleRun {
  readonly analysis: Analysis
  /** All findings, in their order. */
  readonly found: readonly Problem[]
  /** The first of the code that the example is for. */
  readonly problem: Problem | undefined
  /** What an editor offers for it. */
  readonly fixes: readonly ProvenFix[]
}

/** Analyses the example of a code, with the options that its rule needs; `text` stands in its place where it is given. */
export function runExample(described: DescribedCode, text = described.example): ExampleRun {
  const host = memoryHost({ ...IMPORTED, [EXAMPLE]: text })
  const analysis = analyze(EXAMPLE, host)
  const rule = findRule(described.code)
  const lint: LintContext = rule === undefined ? {} : { settings: exampleSettings(rule) }
  const found = findings(analysis, lint)
  const problem = found.find(({ code }) => code === described.code)
  const fixes = problem === undefined ? [] : offeredFixes({ analysis, host, problem }, lint)
  return { analysis, found, problem, fixes }
}

/** The example of a code without its finding: as it is declared, or else with the first fix applied; undefined where there is neither. */
export function repairedExample(described: DescribedCode): string | undefined {
  return described.instead ?? fixedExample(described, runExample(described))
}

/** The example with the first fix applied; undefined where there is none. */
export function fixedExample({ example }: DescribedCode, { fixes: [first] }: ExampleRun): string | undefined {
  return first && applyEdits(example, first.edits)
}
