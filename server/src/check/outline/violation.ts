/** Whether a constraint is violated whatever the sizes are that are not known. */
import type { Violation } from '../../model/layer'
import { hasRank, type PartialShape } from '../../model/outline'
import type { Shape } from '../../model/shape'

/**
 * The violation that all samples agree on: the same constraint, for reasons that do not depend on a size that is
 * not known. Where a message speaks of the whole shape, such a size is NaN in its data.
 */
export function certainViolation(
  violations: readonly Violation[],
  samples: readonly (readonly Shape[])[],
  shapes: readonly PartialShape[],
): Violation | undefined {
  const [first, ...others] = violations
  if (first === undefined || violations.length < samples.length) return undefined
  if (others.length === 0) return first
  if (!shapes.every(hasRank)) return undefined
  if (others.some(({ constraint, at }) => constraint !== first.constraint || at !== first.at))
    return undefined
  const echoes = violations.map(({ data }, i) => withoutSamples(data, samples[i] as readonly Shape[], shapes))
  const [echo, ...rest] = echoes.map((data) =>
    JSON.stringify(data, (_, value) => (Number.isNaN(value) ? '?' : value)),
  )
  if (!rest.every((other) => other === echo)) return undefined
  return isDecided(echoes[0], violations, shapes) ? { ...first, data: echoes[0] } : undefined
}

/**
 * Whether no other sizes could meet a constraint: its data do not speak of them, there is one tensor alone, or two
 * tensors differ along an axis that is known of both, or in rank. Any other constraint may ask for sizes that fit
 * each other in a way that no sample has.
 */
function isDecided(
  data: unknown,
  violations: readonly Violation[],
  shapes: readonly PartialShape[],
): boolean {
  const [first, ...others] = violations.map((violation) => JSON.stringify(violation.data))
  if (shapes.length === 1 || others.every((other) => other === first)) return true
  if (typeof data !== 'object' || data === null || !('axis' in data) || !('tensors' in data)) return false
  const { axis, tensors } = data
  if (axis === null) return true
  if (typeof axis !== 'number' || !Array.isArray(tensors)) return false
  return tensors.every((tensor) => typeof tensor === 'number' && typeof shapes[tensor]?.[axis] === 'number')
}

/** The data of a violation in which a sample's shape is the partial shape that it stands for. */
function withoutSamples(data: unknown, sample: readonly Shape[], shapes: readonly PartialShape[]): unknown {
  if (Array.isArray(data)) {
    const at = sample.findIndex(
      (shape) => shape.length === data.length && shape.every((size, i) => size === data[i]),
    )
    if (at >= 0) return (shapes[at] as PartialShape).map((size) => size ?? Number.NaN)
    return data.map((item) => withoutSamples(item, sample, shapes))
  }
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, withoutSamples(value, sample, shapes)]),
  )
}
