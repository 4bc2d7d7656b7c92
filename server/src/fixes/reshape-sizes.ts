/** The sizes that a reshape was meant to have, in its author's own factors. */
import type { Expression } from '../../../grammar/tree'
import { product, type Shape, spatial } from '../model/shape'
import { givenOption, givingText } from '../model/written'
import type { StageContext } from './stage'

/** A size as it is written, with what it came to. */
interface Item {
  readonly text: string
  readonly value: number
  /** Absent where the sizes are not written one by one. */
  readonly expression?: Expression
}

/** Texts of lists of sizes that have as many values as the map: the one that changes least of what was meant first. */
export function correctedSizes(
  context: StageContext,
  from: Shape,
  wanted: readonly number[],
): readonly string[] {
  const total = product(from)
  const items = itemsOf(context, wanted)
  const ways = [withoutBatch, withSpatial, withOneSize, withGroups, ofRank]
  // A way that is farther from the text is worth something only where no nearer one helps.
  const found = ways.map((way) => way(items, from).filter((sizes) => fits(sizes, total)))
  const [batch = [], near = [], ...far] = found
  const chosen = [...batch, ...near, ...(far.find((way) => way.length > 0 && batch.length === 0) ?? [])]
  return [...new Set(chosen.map((sizes) => `[${sizes.map(({ text }) => text).join(', ')}]`))]
}

/** The sizes of a reshape as its author wrote them, joined to one product; undefined where one is not written as a factor. */
export function sizesAsProduct(context: StageContext, wanted: readonly number[]): string | undefined {
  const items = itemsOf(context, wanted)
  const areFactors = items.every(({ expression }) => expression && isFactor(expression))
  return areFactors ? items.map(({ text }) => text).join(' * ') : undefined
}

function isFactor({ kind }: Expression): boolean {
  return kind === 'number' || kind === 'name' || kind === 'parenthesized'
}

function itemsOf({ analysis, stage }: StageContext, wanted: readonly number[]): readonly Item[] {
  const given = givenOption(stage.written, 'shape')
  const list = given?.argument.value
  const { file } = given ? givingText(stage.written, given) : stage
  const text = analysis.files.get(file)?.text ?? ''
  return wanted.map((value, i) => {
    const expression = list?.kind === 'list' ? list.items[i] : undefined
    if (expression === undefined) return literal(value)
    return { text: text.slice(expression.start, expression.end), value, expression }
  })
}

function literal(value: number): Item {
  return { text: String(value), value }
}

function fits(sizes: readonly Item[], total: number): boolean {
  const known = sizes.filter(({ value }) => value !== -1)
  if (sizes.length === 0 || known.some(({ value }) => value < 1)) return false
  const count = product(known.map(({ value }) => value))
  if (known.length === sizes.length) return count === total
  return known.length === sizes.length - 1 && total % count === 0
}

/** The sizes behind the first, which counts the images of a batch. */
function withoutBatch(items: readonly Item[]): readonly (readonly Item[])[] {
  return [items.slice(1)]
}

/** The sizes of the map's own axes in the place of the last ones: of a vector, such as make a square or a cube. */
function withSpatial(items: readonly Item[], from: Shape): readonly (readonly Item[])[] {
  const count = from.length > 1 ? from.length - 1 : items.length - 1
  if (count < 1 || items.length <= count) return []
  const lead = items.slice(0, -count)
  const channels = product(lead.map(({ value }) => value))
  const side = Math.round((product(from) / channels) ** (1 / count))
  const sizes = from.length > 1 ? spatial(from) : Array.from({ length: count }, () => side)
  const made = sizes.map((size, i) => replaced(items[lead.length + i] as Item, size, from))
  return [
    [...lead, ...made],
    [...lead.slice(1), ...made],
  ]
}

/** One size changed, so that the values are as many as they are: one that the map does not have before the others. */
function withOneSize(items: readonly Item[], from: Shape): readonly (readonly Item[])[] {
  const order = items.map((item, at) => ({ at, has: from.includes(item.value) }))
  order.sort((a, b) => Number(a.has) - Number(b.has))
  return order.flatMap(({ at }) => {
    const others = product(items.filter((_, i) => i !== at).map(({ value }) => value))
    const size = product(from) / others
    if (!Number.isInteger(size) || size < 1) return []
    return [items.map((item, i) => (i === at ? replaced(item, size, from) : item))]
  })
}

/** Channels in groups of which there cannot be so many: the nearest number of groups that divides them. */
function withGroups(items: readonly Item[], from: Shape): readonly (readonly Item[])[] {
  const [channels = 1] = from
  const [groups, , ...rest] = items
  if (from.length < 2 || groups === undefined || items.length !== from.length + 1) return []
  return divisorsNear(channels, groups.value).map((count) => [
    literal(count),
    literal(channels / count),
    ...rest,
  ])
}

/** As many sizes as are written, of a map that has none like them: its last axes are joined. */
function ofRank(items: readonly Item[], from: Shape): readonly (readonly Item[])[] {
  const count = items.length
  const kept = from.slice(0, count - 1)
  const missing = Array.from({ length: Math.max(0, count - from.length) }, () => 1)
  return [[...kept, product(from.slice(kept.length)), ...missing].map(literal)].filter(
    (sizes) => sizes.length === count,
  )
}

/** The nearest divisors of a number, the nearest first. */
export function divisorsNear(number: number, wanted: number): readonly number[] {
  const divisors: number[] = []
  for (let size = 2; size < number && size <= 4096; size++) if (number % size === 0) divisors.push(size)
  return divisors.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted)).slice(0, 2)
}

/** An item with another value, in the factors that its author wrote where they can be made to say it. */
function replaced(item: Item, value: number, from: Shape): Item {
  if (value === item.value) return item
  const text = item.expression && inFactors(item.expression, item, value, from)
  return text === undefined ? literal(value) : { text, value }
}

/** A factor of a product that is a number; the others stay as they are. */
interface Factor {
  readonly value: number
  readonly start: number
  readonly end: number
}

function inFactors(
  { start }: Expression,
  { text, value, expression }: Item,
  wanted: number,
  from: Shape,
): string | undefined {
  const numbers = expression ? numberFactors(expression) : []
  if (numbers.length === 0) return undefined
  const rest = value / product(numbers.map((factor) => factor.value))
  for (const sizes of assignments(numbers, rest, wanted, from)) {
    const isWhole = sizes.every((size) => Number.isInteger(size) && size > 0)
    const written = new Map(
      numbers.map((factor, i) => [factor.start, { ...factor, value: sizes[i] as number }]),
    )
    // The number in a power stands for several factors, which must stay equal.
    const agrees = numbers.every((factor, i) => written.get(factor.start)?.value === sizes[i])
    if (!isWhole || !agrees || product(sizes) * rest !== wanted) continue
    return [...written.values()].reduceRight(
      (changed, factor) =>
        changed.slice(0, factor.start - start) + factor.value + changed.slice(factor.end - start),
      text,
    )
  }
  return undefined
}

/** What the number factors may be: the map's sizes, those of its spatial axes, or one number changed. */
function* assignments(
  numbers: readonly Factor[],
  rest: number,
  wanted: number,
  from: Shape,
): Generator<readonly number[]> {
  const values = numbers.map(({ value }) => value)
  yield keeping(values, without(from, rest))
  const sizes = spatial(from)
  if (sizes.length > 0 && values.length >= sizes.length) {
    yield [...values.slice(0, values.length - sizes.length), ...sizes]
    yield [...sizes, ...values.slice(sizes.length)]
  }
  if (values.length === 1) yield [wanted / rest]
}

/** The numbers that are among the sizes stay; the others get the sizes that are left, in their order. */
function keeping(values: readonly number[], sizes: readonly number[]): readonly number[] {
  const left = values.reduce(without, sizes)
  const taken = [...left]
  const kept = [...sizes]
  return values.map((value) => {
    const at = kept.indexOf(value)
    if (at < 0) return taken.shift() ?? value
    kept.splice(at, 1)
    return value
  })
}

function without(sizes: readonly number[], size: number): readonly number[] {
  const at = sizes.indexOf(size)
  return at < 0 ? sizes : sizes.toSpliced(at, 1)
}

/** The numbers in a product, from left to right; one in a power as often as it counts. */
function numberFactors(expression: Expression): readonly Factor[] {
  if (expression.kind === 'number') return [expression]
  if (expression.kind === 'parenthesized') return numberFactors(expression.value)
  if (expression.kind !== 'binary') return []
  const { operator, left, right } = expression
  if (operator === '*') return [...numberFactors(left), ...numberFactors(right)]
  if (operator !== '**' || left.kind !== 'number' || right.kind !== 'number') return []
  return right.value > 4 ? [] : Array.from({ length: right.value }, () => left)
}
