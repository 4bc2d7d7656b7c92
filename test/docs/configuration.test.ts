import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/process.mjs'
import { loadConfig } from '../../server/src/config/load'
import { SEVERITIES } from '../../server/src/config/names'
import { PRESETS } from '../../server/src/config/presets'
import { CONFIG_KINDS } from '../../server/src/config/problems'
import { CONFIG_KEYS, readConfig } from '../../server/src/config/read'

const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8')

function problemsIn(text: string): readonly string[] {
  const uri = '/cnnlint.config.json'
  const config = readConfig(uri, text)
  const loaded = loadConfig(uri, {
    text: (each) => (each === uri ? config : undefined),
    resolve: (_, path) => path.replace('.', ''),
    pathOf: (each) => each,
  })
  return loaded?.problems.map(({ code }) => code) ?? []
}

test('the page of the configuration shows one that is right', () => {
  const examples = [...page.matchAll(/```jsonc\n(.*?)```/gs)].map(([, text = '']) => text)
  expect(examples.length).toBeGreaterThan(0)
  for (const text of examples) expect(problemsIn(text)).toEqual([])
})

test('it has every key, preset and severity', () => {
  const titles = [...page.matchAll(/^## `(\w+)`$/gm)].map(([, key]) => key)
  expect(['$schema', ...titles].sort()).toEqual([...CONFIG_KEYS].sort())
  const rows = [...page.matchAll(/^\| `"(\w+)"` \|/gm)].map(([, name]) => name)
  expect(rows).toEqual([...PRESETS.map(({ name }) => name), ...SEVERITIES])
})

test('the example of each mistake has it, and no other', () => {
  for (const { code, example } of CONFIG_KINDS) {
    // Where no rule has an option that takes a number, there is none to get wrong.
    if (code === 'config-option-value' && example === '') continue
    expect([code, problemsIn(example)]).toEqual([code, [code]])
  }
})
