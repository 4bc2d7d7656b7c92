/** The rounding that makes tensors differ where they meet, as a message and its places tell it. */
import { isMeetingData } from '../layers/constraints/merging'
import { type RoundedSize, type RoundedStage, roundingText } from '../layers/constraints/rounding'
import type { FaultyStage } from '../model/graph'
import type { RelatedPlace } from '../model/problem'
import { showCall } from '../model/show-call'
import type { Explanation } from './report'
import { type RoundedAxis, roundedAxes, type SizeStep } from './rounding'

/** Undefined where nothing was rounded, or where that alone is not the cause. */
export function explainRounding(data: unknown, { inputs }: FaultyStage): Explanation<unknown> | undefined {
  if (!isMeetingData(data)) return undefined
  const [a, b] = data.tensors.map((i) => inputs[i])
  const found = a && b && roundedAxes(a, b, data.along)
  if (found === undefined) return undefined
  const rounded = found.map(shown)
  return { data: { ...data, rounded }, causes: causesOf(found) }
}

function shown({ axis, stages: [first, ...others], enlarges, whole }: RoundedAxis): RoundedSize {
  return {
    axis,
    stages: [toStage(first), ...others.map(toStage)],
    enlarges,
    ...(whole && {
      whole: {
        input: whole.input.name.name,
        size: whole.input.tensor.shape[axis] as number,
        multiple: whole.multiple,
      },
    }),
  }
}

function toStage({ node, input, output, rate }: SizeStep): RoundedStage {
  return { call: showCall(node), input, output, stride: rate }
}

/** Each text that rounds, once, with the first size that it rounds. */
function causesOf(rounded: readonly RoundedAxis[]): readonly RelatedPlace[] {
  const places = new Map<string, RelatedPlace>()
  for (const { stages, enlarges } of rounded) {
    for (const step of stages) {
      const { file, site } = step.node
      const key = `${file} ${site.start}`
      if (places.has(key)) continue
      const message = roundingText(toStage(step), enlarges)
      places.set(key, { file, range: site, message, isCause: true })
    }
  }
  return [...places.values()]
}
