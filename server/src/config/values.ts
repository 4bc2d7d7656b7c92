/** What all parts of a configuration are read with. */
import { closest } from '../check/words'
import { patternFault } from './globs'
import { describeJson, itemsOf, type Node, type Property, propertiesOf } from './json'
import { configDuplicateKey, configPattern, configUnknownKey, configValue } from './problems'
import type { Report } from './report'

export function expectObject(node: Node, what: string, expected: string, report: Report): boolean {
  if (node.type === 'object') return true
  report(configValue, { what, found: describeJson(node), expected }, node)
  return false
}

/** The properties of an object, of which each key counts once, the last. */
export function distinct(node: Node, report: Report): readonly Property[] {
  const byKey = new Map<string, Property>()
  for (const property of propertiesOf(node)) {
    if (byKey.has(property.key)) report(configDuplicateKey, { key: property.key }, property.keyNode)
    byKey.set(property.key, property)
  }
  return [...byKey.values()]
}

/** The values of an object by these keys; another key is reported. */
export function valuesByKey<K extends string>(
  node: Node,
  known: readonly K[],
  report: Report,
): { readonly [P in K]?: Node } {
  const values: { [P in K]?: Node } = {}
  for (const { key, keyNode, value } of distinct(node, report)) {
    const name = known.find((each) => each === key)
    if (name === undefined)
      report(configUnknownKey, { key, known, suggestions: closest(key, known) }, keyNode)
    else if (value !== undefined) values[name] = value
  }
  return values
}

/** The texts of a list of glob patterns. */
export function readGlobs(node: Node, what: string, report: Report): readonly string[] {
  const expected = 'a list of glob patterns in double quotes'
  if (node.type !== 'array') {
    report(configValue, { what, found: describeJson(node), expected }, node)
    return []
  }
  return itemsOf(node).flatMap((item) => {
    if (typeof item.value === 'string' && /[^!/.]/.test(item.value)) {
      const fault = patternFault(item.value.replace(/^!/, ''))
      if (fault === undefined) return [item.value]
      report(configPattern, { fault }, item)
      return []
    }
    report(
      configValue,
      { what: `an item of ${what}`, found: describeJson(item), expected: 'a glob pattern' },
      item,
    )
    return []
  })
}
