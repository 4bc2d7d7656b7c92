import { expect } from 'vitest'
import { type FindProblems, ownProblems, provenFixes } from '../../server/src/fixes/prove'
import { findings } from '../../server/src/lint/findings'
import { fixesFor, offeredFixes } from '../../server/src/lint/offer'
import { applyEdits, type Problem } from '../../server/src/model/problem'
import type { RuleOptionValues } from '../../server/src/rules/frame/rule'
import { findRule } from '../../server/src/rules/index'
import { dedent } from './annotations'
import { onlyRule } from './findings'
import { analyzed, type Sources } from './problems'

/** Each title that is offered, in order, with the lines that the fix changes (see {@link changedLines}). */
export type Expected = Readonly<Record<string, string>>

/**
 * Fails unless the first problem with this code gets exactly these fixes, in this order, and each changes
 * exactly these lines.
 */
export function checkFixes(
  code: string,
  sources: Sources,
  expected: Expected,
  options: RuleOptionValues = {},
): void {
  const fixes = offered(code, sources, options)
  expect(fixes.map(({ title }) => title)).toEqual(Object.keys(expected))
  expect(Object.fromEntries(fixes.map(({ title, lines }) => [title, lines]))).toEqual(
    Object.fromEntries(Object.entries(expected).map(([title, lines]) => [title, dedent(lines).trim()])),
  )
}

/** Fails unless the first fix offered for the first problem with this code has this title and changes these lines. */
export function checkFirstFix(code: string, sources: Sources, title: string, lines: string): void {
  const [first] = offered(code, sources)
  expect({ title: first?.title, lines: first?.lines }).toEqual({ title, lines: dedent(lines).trim() })
}

/** Fails unless a fix with this title is among those offered for the first problem with this code, and changes these lines. */
export function checkOneFix(code: string, sources: Sources, title: string, lines: string): void {
  const fixes = offered(code, sources)
  expect(fixes.map((fix) => fix.title)).toContain(title)
  expect(fixes.find((fix) => fix.title === title)?.lines).toEqual(dedent(lines).trim())
}

/** A mistake in a text, and what is offered first for it. */
export interface Mistake {
  readonly name: string
  readonly source: Sources
  /** The lines that the first fix of the first error changes. */
  readonly first: string
}

/** Fails unless the first fix of the first error changes the text as the mistake says. */
export function checkMistake({ source, first }: Pick<Mistake, 'source' | 'first'>): void {
  expect(offeredLines(source)[0]).toBe(dedent(first).trim())
}

/** The lines that each fix of the first error changes, as an editor offers them. */
export function offeredLines(source: Sources): readonly string[] {
  const { analysis, host, files } = analyzed(source)
  const problem = analysis.problems.find(({ severity }) => severity === 'error')
  if (problem === undefined) throw new Error('There is no error.')
  return offeredFixes({ analysis, host, problem }).map(({ file, edits }) => {
    const before = files[file] as string
    return changedLines(before, applyEdits(before, edits))
  })
}

/** What is offered for the first problem with this code: each title with the lines that the fix changes. */
export function offered(code: string, sources: Sources, options: RuleOptionValues = {}) {
  const { analysis, host, files } = analyzed(sources)
  const rule = findRule(code)
  const settings = rule && onlyRule(code, options)
  const find: FindProblems = settings ? (each) => findings(each, { settings }) : ownProblems
  const problem = find(analysis).find((each) => each.code === code)
  if (problem === undefined) {
    throw new Error(`There is no ${code} but: ${find(analysis).map(describe).join('; ')}`)
  }
  const maker = fixesFor(problem)
  if (maker === undefined) throw new Error(`Nothing proposes fixes for ${code}.`)
  return provenFixes({ analysis, host, problem }, maker, find).map(({ title, file, edits }) => {
    const before = files[file] as string
    return { title, lines: changedLines(before, applyEdits(before, edits)) }
  })
}

function describe({ code, message }: Problem): string {
  return `${code} (${message})`
}

/** The lines of a changed text from the first that differs to the last, without common indentation. */
export function changedLines(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < now.length && old[start] === now[start]) start++
  let end = 0
  while (end < now.length - start && end < old.length - start && old.at(-1 - end) === now.at(-1 - end)) end++
  return dedent(now.slice(start, now.length - end).join('\n')).trim()
}
