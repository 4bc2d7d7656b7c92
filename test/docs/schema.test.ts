import { expect, test } from 'vitest'
import { configSchema } from '../../scripts/docs/schema'
import { CONFIG_KEYS, OVERRIDE_KEYS } from '../../server/src/config/read'
import { RULES } from '../../server/src/rules/index'

const schema = JSON.parse(configSchema()[1])

/** Keywords by which a schema refuses values. */
const REFUSING =
  /^(type|enum|const|pattern|required|(min|max)[A-Z].*|minimum|maximum|unique.*|not|oneOf|allOf|if)$/

/** The places where a value could be refused: the server shows what is wrong, and it must not be shown twice. */
function refusing(part: unknown, path: string): readonly string[] {
  if (typeof part !== 'object' || part === null) return []
  const entries = Object.entries(part)
  const own = entries
    .filter(([key, value]) => REFUSING.test(key) || value === false)
    .map(([key]) => `${path}/${key}`)
  return [
    ...own,
    ...entries.flatMap(([key, value]) => {
      if (key === 'anyOf' && value.some((branch: object) => Object.keys(branch).length === 0)) return []
      if (key === 'defaultSnippets' || key === 'default') return []
      const isMap = key === 'properties' || key === 'definitions'
      return isMap
        ? Object.entries(value).flatMap(([name, inner]) => refusing(inner, `${path}/${key}/${name}`))
        : refusing(value, `${path}/${key}`)
    }),
  ]
}

test('the schema refuses nothing', () => {
  expect(refusing(schema, '')).toEqual([])
  expect(refusing({ properties: { type: { type: 'string' } } }, '')).toEqual(['/properties/type/type'])
})

test('it knows every key and every rule', () => {
  expect(Object.keys(schema.properties)).toEqual([...CONFIG_KEYS])
  expect(Object.keys(schema.properties.overrides.items.properties)).toEqual([...OVERRIDE_KEYS])
  expect(Object.keys(schema.definitions.rules.properties)).toEqual(RULES.map(({ code }) => code))
  for (const { code, options = {} } of RULES) {
    const { anyOf } = schema.definitions.rules.properties[code]
    const withOptions = anyOf.find(({ items }: { items?: unknown }) => items !== undefined)
    expect(Object.keys(withOptions?.items[1].properties ?? {})).toEqual(Object.keys(options))
  }
})
