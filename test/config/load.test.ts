import { describe, expect, it, vi } from 'vitest'
import { withSeverities } from '../../server/src/config/severities'
import { DEFAULT_LINT } from '../../server/src/lint/settings'
import { configsIn, loaded, marked, placesOf, severityOf } from './helper'
import { STAND_INS } from './rules'

vi.mock('../../server/src/rules/index', async () => (await import('./rules')).REGISTRY)

const ROOT = '/p/cnnlint.config.json'

/** The severities of the stand-ins in their order: error, hint, info, off, warning by default. */
async function severities(config: object, file = '/p/x.cnn', more: Record<string, string> = {}) {
  const { settings, problems } = await loaded({ [ROOT]: JSON.stringify(config), ...more }, ROOT)
  expect(problems).toEqual([])
  return STAND_INS.map(({ code }) => severityOf(settings(file), code)).join(' ')
}

async function optionsOf(config: object, more: Record<string, string> = {}) {
  const { settings } = await loaded({ [ROOT]: JSON.stringify(config), ...more }, ROOT)
  return settings('/p/x.cnn').get('as-info')?.options
}

describe('presets', () => {
  it.each([
    [undefined, 'error hint info off warning'],
    ['recommended', 'error hint info off warning'],
    ['strict', 'error info warning off error'],
    ['all', 'error hint info hint warning'],
    [['strict', 'all'], 'error info warning hint error'],
    [['all', 'strict'], 'error info warning hint error'],
    [['all', 'strict', 'recommended'], 'error hint info off warning'],
  ])('%j', async (name, expected) => {
    expect(await severities(name === undefined ? {} : { extends: name })).toBe(expected)
  })
})

describe('what counts', () => {
  it('are own rules before what is extended, and overrides before both', async () => {
    const rules = { 'as-info': 'off', 'as-off': 'error' }
    expect(await severities({ extends: 'strict', rules })).toBe('error info off error error')
    const overrides = [
      { files: ['a.cnn'], rules: { 'as-info': 'hint' } },
      { files: ['*.cnn'], rules: { 'as-off': 'off' } },
    ]
    const config = { extends: 'strict', rules, overrides }
    expect(await severities(config, '/p/a.cnn')).toBe('error info hint off error')
    expect(await severities(config, '/p/b.cnn')).toBe('error info off off error')
    expect(await severities(config, '/p/b.txt')).toBe('error info off error error')
  })

  it('is the later one of what is extended, with its overrides', async () => {
    const more = {
      '/p/a.json': '{ "rules": { "as-info": "error", "as-hint": "off" } }',
      '/p/b.json': '{ "overrides": [{ "files": ["x.cnn"], "rules": { "as-info": "hint" } }] }',
    }
    expect(await severities({ extends: ['./a.json', './b.json'] }, '/p/x.cnn', more)).toBe(
      'error off hint off warning',
    )
    expect(await severities({ extends: ['./b.json', './a.json'] }, '/p/x.cnn', more)).toBe(
      'error off error off warning',
    )
  })

  it('keeps the options where only the severity is set again', async () => {
    const more = { '/p/a.json': '{ "rules": { "as-info": ["error", { "limit": 3, "budget": 7 }] } }' }
    const rest = { limit: 8, budget: undefined, strictly: false }
    expect(await optionsOf({ rules: { 'as-info': 'error' } })).toEqual(rest)
    expect(await optionsOf({ extends: './a.json' }, more)).toEqual({ ...rest, limit: 3, budget: 7 })
    const severity = { extends: './a.json', rules: { 'as-info': 'hint' } }
    expect(await optionsOf(severity, more)).toEqual({ ...rest, limit: 3, budget: 7 })
    const options = { extends: './a.json', rules: { 'as-info': ['hint', { budget: 9 }] } }
    expect(await optionsOf(options, more)).toEqual({ ...rest, budget: 9 })
  })
})

describe('patterns', () => {
  it('are relative to the folder of the file that they stand in', async () => {
    const files = {
      [ROOT]: '{ "ignore": ["models/old"] }',
      '/p/models/cnnlint.config.json': '{ "extends": "../cnnlint.config.json", "ignore": ["drafts"] }',
    }
    const config = await loaded(files, '/p/models/cnnlint.config.json')
    expect(config.ignores('/p/models/old/x.cnn')).toBe(true)
    expect(config.ignores('/p/models/drafts/x.cnn')).toBe(true)
    expect(config.ignores('/p/models/x.cnn')).toBe(false)
  })

  it('of a configuration elsewhere reach files by names and from the root', async () => {
    const files = {
      [ROOT]: '{ "extends": "/q/team.json" }',
      '/q/team.json': '{ "ignore": ["**/old/*.cnn"] }',
    }
    const config = await loaded(files, ROOT)
    expect(config.ignores('/p/old/x.cnn')).toBe(true)
    expect(config.ignores('/p/x.cnn')).toBe(false)
  })
})

describe('what is extended', () => {
  async function check(files: Record<string, string>, ...expected: readonly string[]) {
    const plain = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, marked(text).text]))
    const { problems } = await loaded(plain, ROOT)
    expect(problems.map(({ message }) => message)).toEqual(expected)
    for (const [name, text] of Object.entries(files)) {
      const own = problems.filter(({ file }) => file === name)
      expect(placesOf(marked(text).text, own)).toEqual(marked(text).places)
    }
  }

  it('has to be there', async () => {
    await check(
      { [ROOT]: '{ "extends": ["all", «"./team.json"», «"strcit"», «"team"»] }' },
      'There is no configuration `./team.json`. No file can be read at this path, which is relative to the folder of this one. Correct the name, or remove it.',
      'There is no preset `strcit`. The presets are `recommended`, `strict`, `all` and `imported`, and no file has this name either. Did you mean `strict`?',
      'There is no preset `team`. The presets are `recommended`, `strict`, `all` and `imported`, and no file has this name either. Correct the name, or remove it.',
    )
  })

  it('cannot extend what extends it', async () => {
    await check(
      { [ROOT]: '{ "extends": «"./cnnlint.config.json"» }' },
      'The configuration extends itself. Nothing would come first. Remove it; it is left out until then.',
    )
    await check(
      {
        [ROOT]: '{ "extends": "./a.json" }',
        '/p/a.json': '{ "extends": "./b.json" }',
        '/p/b.json': '{ "extends": «"./a.json"» }',
      },
      'The configurations extend each other in a circle. The way is `a.json` → `b.json` → `a.json`. Remove it; it is left out until then.',
    )
  })

  it('shows its own mistakes, once in whatever way it is reached', async () => {
    const common = '{ "rules": { «"as-inof"»: "off" } }'
    const files = {
      [ROOT]: '{ "extends": ["./a.json", "./b.json"] }',
      '/p/a.json': '{ "extends": "./c.json" }',
      '/p/b.json': '{ "extends": "./c.json" }',
      '/p/c.json': common,
    }
    await check(files, expect.stringContaining('as-inof') as unknown as string)
    expect([...(await loaded(files, ROOT)).files.keys()].sort()).toEqual(Object.keys(files).sort())
  })
})

describe('the configuration of a file', () => {
  const files = () => ({
    [ROOT]: '{ "rules": { "as-info": "error" } }',
    '/p/models/cnnlint.config.json': '{ "ignore": ["old"] }',
  })

  it('is the nearest, alone', async () => {
    const configs = configsIn(files())
    const near = await configs.of('/p/models/deep/x.cnn')
    expect(near.config?.uri).toBe('/p/models/cnnlint.config.json')
    expect(severityOf(near.settings, 'as-info')).toBe('info')
    expect((await configs.of('/p/models/old/x.cnn')).ignored).toBe(true)
    expect(severityOf((await configs.of('/p/x.cnn')).settings, 'as-info')).toBe('error')
    expect(await configs.of('/q/x.cnn')).toEqual({
      settings: DEFAULT_LINT,
      ignored: false,
      config: undefined,
    })
  })

  it('ends the search at the root, and without one', async () => {
    const { of, reads } = configsIn({})
    await of('file:///a/b/x.cnn')
    expect(reads).toEqual(['a/b/', 'a/', ''].map((folder) => `file:///${folder}cnnlint.config.json`))
    for (const name of ['untitled:x', 'x.cnn', '']) expect((await of(name)).config).toBeUndefined()
  })

  it('has the same settings as long as nothing changes, and others when something does', async () => {
    const texts: Record<string, string> = {
      ...files(),
      [ROOT]:
        '{ "extends": "./a.json", "overrides": [{ "files": ["a.cnn"], "rules": { "as-off": "hint" } }] }',
      '/p/a.json': '{}',
    }
    const configs = configsIn(texts)
    const settings = async (file: string) => (await configs.of(file)).settings
    const first = await settings('/p/x.cnn')
    expect(await settings('/p/y.cnn')).toBe(first)
    expect(await settings('/p/a.cnn')).not.toBe(first)
    texts['/p/a.json'] = '{ "rules": { "as-info": "off" } }'
    const second = await settings('/p/x.cnn')
    expect(severityOf(second, 'as-info')).toBe('off')
    delete texts[ROOT]
    expect(await settings('/p/x.cnn')).toBe(DEFAULT_LINT)
  })
})

describe('severities from outside', () => {
  it('reach rules that are off, and keep options', async () => {
    const { settings } = await loaded({ [ROOT]: '{ "rules": { "as-info": ["off", { "limit": 2 }] } }' }, ROOT)
    const raised = withSeverities(settings('/p/x.cnn'), { 'as-info': 'error', 'as-off': 'hint' })
    expect(raised.get('as-info')).toEqual({
      severity: 'error',
      options: { limit: 2, budget: undefined, strictly: false },
    })
    expect(severityOf(raised, 'as-off')).toBe('hint')
  })

  it('give the same object for the same two', () => {
    const severities = { 'as-off': 'hint' } as const
    expect(withSeverities(DEFAULT_LINT, severities)).toBe(withSeverities(DEFAULT_LINT, severities))
    expect(withSeverities(DEFAULT_LINT, {})).toBe(DEFAULT_LINT)
    expect(withSeverities(DEFAULT_LINT, { 'window-exceeds-input': 'off' })).toBe(DEFAULT_LINT)
  })
})

describe('many configurations', () => {
  /** Each of `count` levels extends both files of the next. */
  function diamonds(count: number) {
    const files: Record<string, string> = { [ROOT]: '{ "extends": ["./a0.json", "./b0.json"] }' }
    for (let i = 0; i < count; i++) {
      const text =
        i + 1 < count ? `{ "extends": ["./a${i + 1}.json", "./b${i + 1}.json"] }` : '{ "rulez": {} }'
      files[`/p/a${i}.json`] = text
      files[`/p/b${i}.json`] = text
    }
    return files
  }

  it('that extend the same ones are each read once, and their mistakes told once', async () => {
    const { files, problems } = await loaded(diamonds(25), ROOT)
    expect(files.size).toBe(51)
    expect(problems.map(({ code, file }) => [code, file])).toEqual([
      ['config-unknown-key', '/p/a24.json'],
      ['config-unknown-key', '/p/b24.json'],
    ])
  })

  it('count where the last one extends them', async () => {
    const more = {
      '/p/a.json': '{ "extends": "./base.json", "rules": { "as-info": "error" } }',
      '/p/b.json': '{ "extends": "./base.json", "rules": { "as-hint": "off" } }',
      '/p/base.json': '{ "rules": { "as-info": "hint" } }',
    }
    const both = { extends: ['./a.json', './b.json'] }
    expect(await severities(both, '/p/x.cnn', more)).toBe('error off hint off warning')
  })

  it('in a chain are bounded', async () => {
    const files: Record<string, string> = { [ROOT]: '{ "extends": "./c0.json" }' }
    for (let i = 0; i < 40; i++) files[`/p/c${i}.json`] = `{ "extends": "./c${i + 1}.json" }`
    const { problems } = await loaded(files, ROOT)
    expect(problems.map(({ code, file }) => [code, file])).toEqual([['config-extends-cycle', '/p/c28.json']])
  })
})
