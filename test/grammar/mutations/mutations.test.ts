import { expect, test } from 'vitest'
import { parse } from '../../../grammar/parse'
import { IS_QUICK } from '../../helpers/sample'
import { allSources, type Source } from '../parser/sources'
import {
  HALF_DECLARATIONS,
  HALF_LINES,
  type Mutant,
  OPENED_BODIES,
  OPENED_DECLARATIONS,
  withBrace,
  withCuts,
  withLines,
  withoutBrace,
  withoutToken,
  withToken,
} from './mutants'
import { lostUnits, type Unit, unitsOf } from './units'

/**
 * Texts as they are while somebody types in them. A fault may cost the statement it is in; every other statement
 * is to be read as before. With CNNLINT_MUTATIONS=all every mutant is tried, otherwise an even choice of them.
 */
const SOME = IS_QUICK ? 80 : 600
const MUTANTS_A_ROW = process.env.CNNLINT_MUTATIONS === 'all' ? Number.POSITIVE_INFINITY : SOME

/** Without line ends and indentation, nothing but its braces says where a body ends. */
const WITHOUT_LAYOUT = new Set(['flat.cnn', 'one_line.cnn'])

interface Row {
  readonly name: string
  readonly mutants: (text: string, units: readonly Unit[]) => Iterable<Mutant>
  /** The least percentage of mutants in which every other statement is intact; without layout it may be lower. */
  readonly intact: number
  readonly withoutLayout: number
  /**
   * The largest percentage in which a problem is reported elsewhere than at the fault. A brace that is gone cannot
   * be shown; its partner is.
   */
  readonly elsewhere?: number
}

const ROWS: Row[] = [
  {
    name: 'a half-written line',
    mutants: (text, units) => withLines(text, units, HALF_LINES, HALF_DECLARATIONS),
    intact: 100,
    withoutLayout: 100,
    elsewhere: 0.1,
  },
  { name: 'a statement cut at a token', mutants: withCuts, intact: 100, withoutLayout: 96, elsewhere: 1 },
  { name: 'a token deleted', mutants: withoutToken, intact: 99.3, withoutLayout: 97, elsewhere: 2 },
  { name: 'a token inserted', mutants: withToken, intact: 99, withoutLayout: 96, elsewhere: 2 },
  { name: 'a brace deleted', mutants: withoutBrace, intact: 100, withoutLayout: 70 },
  { name: 'a brace inserted', mutants: withBrace, intact: 98, withoutLayout: 75, elsewhere: 20 },
  {
    name: 'a body just opened',
    mutants: (text, units) => withLines(text, units, OPENED_BODIES, OPENED_DECLARATIONS),
    intact: 99.7,
    withoutLayout: 20,
    elsewhere: 1,
  },
]

interface Outcome {
  readonly intact: boolean
  readonly elsewhere: boolean
  /** The text around the fault. */
  readonly place: string
}

/** Tries every k-th mutant of all sources, so that all of them and all kinds are met. */
function tryOut(row: Row, sources: readonly Source[]): Outcome[] {
  const parsed = sources.map(({ name, text }) => ({ name, text, units: unitsOf(parse(text)) }))
  let total = 0
  for (const { text, units } of parsed) for (const _ of row.mutants(text, units)) total++
  const step = Math.max(1, total / MUTANTS_A_ROW)
  const outcomes: Outcome[] = []
  let index = 0
  for (const { name, text, units } of parsed) {
    for (const mutant of row.mutants(text, units)) {
      if (index++ >= outcomes.length * step) outcomes.push(outcome(name, units, mutant))
    }
  }
  return outcomes
}

function outcome(name: string, units: readonly Unit[], { text, unit, start, end }: Mutant): Outcome {
  const file = parse(text)
  return {
    intact: lostUnits(units, file, unit).length === 0,
    elsewhere: file.problems.some((problem) => problem.start < start || problem.start > end),
    place: `${name}: ${JSON.stringify(text.slice(Math.max(0, start - 30), end + 30))}`,
  }
}

/** The percentage of outcomes that hold, with some of the others for the message. */
function rate(outcomes: readonly Outcome[], holds: (one: Outcome) => boolean) {
  const others = outcomes.filter((one) => !holds(one)).map(({ place }) => place)
  const percentage = 100 - (100 * others.length) / Math.max(1, outcomes.length)
  return { percentage, exceptions: others.slice(0, 5).join('\n') }
}

const sources = allSources()
const laidOut = sources.filter(({ name }) => !WITHOUT_LAYOUT.has(name))
const others = sources.filter(({ name }) => WITHOUT_LAYOUT.has(name))

test.each(ROWS)('$name costs no other statement and is reported where it is', (row) => {
  const outcomes = tryOut(row, laidOut)
  const intact = rate(outcomes, (one) => one.intact)
  expect(intact.percentage, intact.exceptions).toBeGreaterThanOrEqual(row.intact)
  const inPlace = rate(outcomes, (one) => !one.elsewhere)
  expect(100 - inPlace.percentage, inPlace.exceptions).toBeLessThanOrEqual(row.elsewhere ?? 100)
})

test.each(ROWS)('$name costs few other statements where there is no layout', (row) => {
  const { percentage, exceptions } = rate(tryOut(row, others), (one) => one.intact)
  expect(percentage, exceptions).toBeGreaterThanOrEqual(row.withoutLayout)
})
