import { describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../server/src/config/read'
import { problemsIn } from './helper'

vi.mock('../../server/src/rules/index', async () => (await import('./rules')).REGISTRY)

/** The mistakes of a configuration: each with its place between `«` and `»`, its code and a part of its message. */
function check(source: string, ...expected: readonly (readonly [code: string, part: string])[]) {
  const { problems, found, places } = problemsIn(source)
  expect(found).toEqual(places)
  expect(problems.map(({ code }) => code)).toEqual(expected.map(([code]) => code))
  for (const [i, [, part]] of expected.entries()) expect(problems[i]?.message).toContain(part)
}

describe('what is no mistake', () => {
  it.each([
    '',
    '{}',
    '// nothing but a comment\n',
    '{ "$schema": "https://example.org/any.json" }',
    '{ /* a list */ "extends": ["strict", "./a.json",], "rules": { "as-info": "off", }, }',
    '{ "rules": { "as-info": ["hint"], "as-off": ["error", {}] } }',
    '{ "rules": { "as-info": ["hint", { "limit": 1, "budget": -2.5, "strictly": true }] } }',
    '{ "ignore": [], "overrides": [] }',
    '{ "overrides": [{ "files": ["*.cnn", "!a/**"], "rules": { "as-hint": "error" } }] }',
  ])('%s', (text) => check(text))

  it('is read', () => {
    const config = readConfig(
      '/cnnlint.config.json',
      '{ "extends": "strict", "rules": { "as-info": ["hint", { "limit": 1 }], "as-off": "info" }, "ignore": ["x"] }',
    )
    expect(config.extends.map(({ name }) => name)).toEqual(['strict'])
    expect([...config.rules]).toEqual([
      ['as-info', { severity: 'hint', options: { limit: 1 } }],
      ['as-off', { severity: 'info' }],
    ])
    expect(config.ignore).toEqual(['x'])
  })
})

describe('faults of the text', () => {
  it('are shown once, whatever follows from them', () => {
    check('{ "rules" «{» "as-inof": "warn" } }', ['config-syntax', 'A colon is missing'])
    check('{ "extends": "strict" «"rules"»: {} }', ['config-syntax', 'A comma is missing'])
    check('{ "extends": «strict» }', ['config-syntax', 'not written as JSON'])
    check('{ "extends": «"strict }»\n', ['config-syntax', 'does not end on its line'])
    check('{ "rules": {}«»', ['config-syntax', 'A closing brace is missing'])
    check('{ «rules»: {} }', ['config-syntax', ''])
    check('{} «{»}', ['config-syntax', 'after the end'])
  })
})

describe('keys', () => {
  it('that do not exist are named, with those that are near', () => {
    check('{ «"rule"»: {} }', ['config-unknown-key', 'Did you mean `rules`?'])
    check('{ «"plugins"»: [] }', ['config-unknown-key', 'keys are `$schema`, `extends`, `rules`'])
    check('{ "overrides": [{ "files": ["a"], «"ignore"»: [] }] }', [
      'config-unknown-key',
      '`files` and `rules`',
    ])
  })

  it('that stand twice are shown at the second', () => {
    check('{ "rules": { "as-info": "off", «"as-info"»: "error" } }', [
      'config-duplicate-key',
      'a second time',
    ])
    check('{ "rules": {}, «"rules"»: {} }', ['config-duplicate-key', '`rules`'])
  })
})

describe('values of the wrong kind', () => {
  it.each([
    ['«[]»', 'The configuration is an empty list. It has to be an object.'],
    ['{ "extends": «true» }', '`extends` is `true`'],
    ['{ "extends": ["all", «3»] }', 'An item of `extends` is the number 3'],
    ['{ "extends": «""» }', '`extends` is `""`'],
    ['{ "rules": «["as-info"]» }', '`rules` is a list'],
    ['{ "ignore": «"*.cnn"» }', '`ignore` is `"*.cnn"`. It has to be a list of glob patterns'],
    ['{ "ignore": ["a", «""», «7»] }', 'An item of `ignore` is `""`'],
    ['{ "overrides": «{}» }', '`overrides` is an object'],
    ['{ "overrides": [«"a"»] }', 'An item of `overrides` is `"a"`'],
    ['{ "overrides": [«{» "rules": {} }] }', '`files` is missing. It has to be a list of at least one'],
    ['{ "overrides": [{ "files": «[]» }] }', '`files` is an empty list. It has to be a list of at least one'],
    ['{ "overrides": [{ "files": [«"!"»] }] }', 'It has to be a glob pattern'],
    ['{ "rules": { "as-info": «[]» } }', '`as-info` is an empty list'],
    ['{ "rules": { "as-info": «{}» } }', 'The severity of `as-info` is an object'],
    ['{ "rules": { "as-info": ["off", {}, «{}»] } }', '`as-info` is a list of 3'],
    ['{ "rules": { "as-info": ["off", «8»] } }', 'The second item of `as-info` is the number 8'],
  ])('%s', (source, message) => {
    const { problems, found, places } = problemsIn(source)
    expect(found).toEqual(places)
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['config-value']))
    expect(problems[0]?.message).toContain(message)
  })
})

describe('rules', () => {
  it('that do not exist are named, with those that are near', () => {
    check('{ "rules": { «"as-inof"»: "off" } }', ['config-unknown-rule', 'Did you mean `as-info`?'])
    check('{ "rules": { «"no-such"»: "off" } }', ['config-unknown-rule', '`cnnlint rules`'])
  })

  it('are no codes of errors', () => {
    for (const code of ['window-exceeds-input', 'unknown-name', 'syntax-error']) {
      check(`{ "rules": { «"${code}"»: "off" } }`, [
        'config-unknown-rule',
        'is no rule but the code of an error',
      ])
    }
  })

  it('have one of five severities', () => {
    check('{ "rules": { "as-info": «"warn"» } }', ['config-severity', 'Did you mean `warning`?'])
    check('{ "rules": { "as-info": «"information"» } }', ['config-severity', 'Did you mean `info`?'])
    check('{ "rules": { "as-info": [«"eror"», { "limit": 2 }] } }', [
      'config-severity',
      'Did you mean `error`?',
    ])
    check('{ "rules": { "as-info": «2» } }', ['config-severity', 'The number 2 is no severity'])
    check('{ "rules": { "as-info": «null» } }', [
      'config-severity',
      '`off`, `hint`, `info`, `warning` and `error`',
    ])
  })
})

describe('options of rules', () => {
  it('that do not exist are named, with those that are near', () => {
    check('{ "rules": { "as-info": ["info", { «"limt"»: 2 }] } }', ['config-unknown-option', '`limit`?'])
    check('{ "rules": { "as-info": ["info", { «"toString"»: 2 }] } }', [
      'config-unknown-option',
      '`limit`, `budget` and `strictly`',
    ])
    check('{ "rules": { "as-hint": ["info", { «"limit"»: 2 }] } }', ['config-unknown-option', 'no options'])
  })

  it('have values of their type and range', () => {
    check(
      '{ "rules": { "as-info": ["info", { "limit": «0», "strictly": «1», "budget": «"3"» }] } }',
      ['config-option-value', 'the number 0. It has to be a number of at least 1'],
      ['config-option-value', 'It has to be `true` or `false`'],
      ['config-option-value', '`budget` of `as-info` is `"3"`. It has to be a number.'],
    )
  })

  it('are read where others are wrong', () => {
    const text = '{ "rules": { "as-info": ["info", { "limit": 0, "strictly": true }] } }'
    expect(readConfig('/c', text).rules.get('as-info')).toEqual({
      severity: 'info',
      options: { strictly: true },
    })
  })
})

describe('a glob pattern that cannot be understood', () => {
  it.each([
    '{ "ignore": [«"models/[old"»] }',
    '{ "ignore": ["!{a,b}.cnn", «"!{a,b"»] }',
    '{ "overrides": [{ "files": [«"+(a|b"»], "rules": {} }] }',
    `{ "ignore": [«"${'a'.repeat(1_001)}"»] }`,
  ])('%s', (source) => {
    const { problems, found, places } = problemsIn(source)
    expect(problems.map(({ code }) => code)).toEqual(['config-pattern'])
    expect(found).toEqual(places)
  })
})
