import { describe, expect, it } from 'vitest'
import type { Expression, Network } from '../../grammar/tree'
import { descendants } from '../../grammar/walk'
import type { Expectation } from '../../server/src/check/analysis'
import type { Frame } from '../../server/src/model/graph'
import { analysisOf, EXAMPLES } from './examples'
import { ARITHMETIC, SYSTEMS } from './systems'

const MEASURED = new Set(['params', 'macs', 'rf', 'shape', 'channels', 'height', 'width', 'stride', 'items'])

/** How many layers there are is a figure from inside, too. */
const LAYERS = ['layers', 'depth']

describe.each(SYSTEMS)('$name', ({ file, networks }) => {
  it.each(networks)('%s states its output, its parameters and a figure from inside', (name) => {
    const { network, expectations } = find(file, name)
    const outputs = new Set(outputNames(network))
    const conditions = expectations.map(({ condition }) => condition)

    expect(conditions.some((condition) => attributes(condition).some(isOutputShape(outputs)))).toBe(true)
    expect(conditions.some((condition) => isTotal(condition, ['params']))).toBe(true)
    expect(
      conditions.some(
        (condition) => isTotal(condition, LAYERS) || attributes(condition).some(isInside(outputs)),
      ),
    ).toBe(true)
    expect(expectations.every(({ holds }) => holds === true)).toBe(true)
  })
})

describe.each(ARITHMETIC)('$name', ({ file, networks }) => {
  it.each(networks)('%s states what it shows', (name) => {
    const { expectations } = find(file, name)
    expect(expectations.length).toBeGreaterThan(1)
    expect(expectations.every(({ holds }) => holds === true)).toBe(true)
  })
})

it('lists the networks of all examples', () => {
  const listed = new Set(
    [...SYSTEMS, ...ARITHMETIC].flatMap(({ file, networks }) => networks.map((n) => `${file} ${n}`)),
  )
  const present = EXAMPLES.flatMap((file) => analysisOf(file).networks.map(({ name }) => `${file} ${name}`))
  expect(present.filter((network) => !listed.has(network))).toEqual([])
})

function find(file: string, name: string) {
  const analysis = analysisOf(file)
  const network = analysis.networks.find((graph) => graph.name === name)
  if (!network) throw new Error(`${file} has no network ${name}`)
  const expectations = analysis.expectations.filter((one: Expectation) => rootOf(one.frame) === network.frame)
  return { network: network.declaration, expectations }
}

const rootOf = (frame: Frame): Frame => (frame.call ? rootOf(frame.call.frame) : frame)

function outputNames(network: Network): string[] {
  return [...descendants(network)].flatMap((node) => (node.kind === 'output' ? [node.name.name] : []))
}

interface NamedAttribute {
  /** The name whose attribute it is; empty for other expressions. */
  readonly object: string
  readonly name: string
}

function attributes(condition: Expression): NamedAttribute[] {
  return [...descendants(condition)].flatMap((node) =>
    node.kind === 'attribute'
      ? [{ object: node.object.kind === 'name' ? node.object.name : '', name: node.name.name }]
      : [],
  )
}

const isOutputShape = (outputs: ReadonlySet<string>) => (attribute: NamedAttribute) =>
  attribute.name === 'shape' && outputs.has(attribute.object)

const isInside = (outputs: ReadonlySet<string>) => (attribute: NamedAttribute) =>
  MEASURED.has(attribute.name) && !outputs.has(attribute.object)

/** Whether the condition is about one of the network's totals: `params == …` or `params ~= …`. */
function isTotal(condition: Expression, totals: readonly string[]): boolean {
  if (condition.kind !== 'comparison') return false
  const [left] = condition.operands
  return left?.kind === 'name' && totals.includes(left.name)
}
