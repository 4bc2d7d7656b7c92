/** Fixes for counts that do not divide. */
import { nearestDivisor } from '../layers/constraints/channels'
import { greatestCommonDivisor } from '../model/axis-map'
import { atStage, setAtStage } from './stage'

/** Groups that do not divide both channel counts: the nearest ones that do, or channels that they divide. */
export const groupsDoNotDivide = atStage(function* (context) {
  const { stage } = context
  const { groups, channels } = stage.options as { groups: number; channels?: number }
  const inputs = stage.inputs[0]?.shape[0] as number
  const common = channels === undefined ? inputs : greatestCommonDivisor(inputs, channels)
  for (const divisor of nearestDivisors(groups, common)) yield* setAtStage(context, 'groups', divisor)
  if (channels === undefined || inputs % groups !== 0) return
  for (const multiple of multiplesAround(channels, groups)) yield* setAtStage(context, 'channels', multiple)
})

interface Division {
  readonly count: number
  readonly divisor: number
}

/** An option that does not divide what it should: the nearest values that do. */
export const doesNotDivide = atStage(function* (context) {
  const { stage, problem } = context
  const { count, divisor } = problem.data as Division
  for (const option of ['groups', 'pieces', 'parts', 'factor', 'block']) {
    const value = stage.options[option]
    if (typeof value !== 'number' || (value !== divisor && value ** 2 !== divisor)) continue
    const power = value === divisor ? 1 : 2
    const fitting = divisors(count).filter((n) => n ** power <= count && count % n ** power === 0)
    // The layer was written to do something: with a value that leaves its input as it is it might be left out.
    const { identity } = stage.layer.traits
    const isMeant = (n: number) => {
      const options = { ...stage.options, [option]: n }
      return identity?.by !== 'options' || !identity.holds({ ...stage, options, outputs: [] })
    }
    for (const n of nearest(value, fitting.filter(isMeant))) yield* setAtStage(context, option, n)
  }
})

function nearestDivisors(wanted: number, count: number): readonly number[] {
  const first = nearestDivisor(wanted, count)
  return [...new Set([first, ...nearest(wanted, divisors(count))])]
}

/** The closest below and the closest above. */
function nearest(wanted: number, candidates: readonly number[]): readonly number[] {
  const below = candidates.filter((n) => n <= wanted).at(-1)
  const above = candidates.find((n) => n > wanted)
  return [below, above]
    .filter((n) => n !== undefined)
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
}

/** In ascending order. */
function divisors(count: number): readonly number[] {
  const small: number[] = []
  for (let n = 1; n * n <= count; n++) if (count % n === 0) small.push(n)
  return [...new Set([...small, ...small.map((n) => count / n).reverse()])]
}

function multiplesAround(count: number, of: number): readonly number[] {
  const below = Math.floor(count / of) * of
  return below > 0 && count - below < below + of - count
    ? [below, below + of]
    : [below + of, below].filter((n) => n > 0)
}
