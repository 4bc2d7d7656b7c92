/** Fixes for calls whose options are out of place: the call as it may be meant, all of it clear. */

import type { Analysis } from '../check/analysis'
import { analyze } from '../check/analyze'
import { type MisplacedData, optionNeedsName } from '../check/problems/misplaced'
import { applyEdits, type Problem, type TextEdit } from '../model/problem'
import type { Candidate, FixContext, FixMaker } from './fix'
import { mapOffset } from './positions'
import { overlay } from './prove'

/** Writes the call as each reading of it understands it, the likeliest first. */
export const misplacedOptions: FixMaker = function* (context): Generator<Candidate> {
  const { file } = context.problem.origin ?? context.problem
  const data = decided(context)
  for (const [i, { edits, text }] of data.readings.entries()) {
    yield {
      action: `Write ${text}`,
      file,
      edits,
      shows: { file, range: data.call },
      class: i === 0 && data.isCertain ? 'certain' : 'choice',
      drastic: i > 0 || !data.isCertain,
    }
  }
}

/** How many calls in a row are understood one after the other. */
const MOST_BEFORE = 20

/**
 * What the call may mean once the calls before it are understood: in a chain of them only the first knows what
 * comes in.
 */
function decided(context: FixContext): MisplacedData {
  const { analysis, problem, host } = context
  const own = dataOf(problem)
  if (own.readings.length < 2) return own
  let at = own.call.start
  let now: Analysis = analysis
  const meant = (data: MisplacedData) => own.readings.find(({ kind }) => kind === data.readings[0]?.kind)
  for (let i = 0; i < MOST_BEFORE; i++) {
    const found = now.problems.filter(({ code }) => code === optionNeedsName.code)
    const here = found.map(dataOf).find(({ call }) => call.start === at)
    if (here === undefined) return own
    if (here.inputSize !== undefined) {
      const first = meant(here)
      const others = own.readings.filter((each) => each !== first)
      return first === undefined ? own : { ...own, readings: [first, ...others], isCertain: here.isCertain }
    }
    const edits = found.flatMap((each) => (each.origin ? [] : certainEdits(dataOf(each))))
    if (edits.length === 0 || here.givenSize === undefined) return own
    at = mapOffset(at, edits)
    now = analyze(now.uri, overlay(host, now.uri, applyEdits(now.file.text, edits)), now.options)
  }
  return own
}

function dataOf({ data }: Problem): MisplacedData {
  return data as MisplacedData
}

/** The edits of a call of which it is known what is meant. */
function certainEdits({ readings: [first], isCertain, inputSize }: MisplacedData): readonly TextEdit[] {
  return first && (isCertain || inputSize !== undefined) ? first.edits : []
}
