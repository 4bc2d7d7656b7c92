import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { useCli } from './helper'

const cli = useCli()

/** It has a stride that drops pixels, which is information by default. */
const DROPS = 'network N {\n  input image: [3, 9, 9]\n  output y = image -> maxpool(2)\n}\n'
const rule = (severity: string) => JSON.stringify({ rules: { 'stride-drops-pixels': severity } })

const FILES = {
  'near/cnnlint.config.json': rule('warning'),
  'near/n.cnn': DROPS,
  'near/error/cnnlint.config.json': `{ "extends": "../cnnlint.config.json", "rules": { "stride-drops-pixels": "error" } }`,
  'near/error/n.cnn': DROPS,
  'ignoring/cnnlint.config.json': '{ "ignore": ["old", "*.gen.cnn"] }',
  'ignoring/n.cnn': DROPS,
  'ignoring/n.gen.cnn': DROPS,
  'ignoring/old/n.cnn': DROPS,
  'wrong/cnnlint.config.json':
    '{\n  "rules": { "stride-drop-pixels": "off" },\n  "extends": "./team.json"\n}\n',
  'wrong/team.json': '{ "rulez": {} }\n',
  'wrong/n.cnn': DROPS.replace('(2)', '(12)'),
  'elsewhere.json': rule('off'),
}

beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) {
    const path = join(cli.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
})

/** What is found, as `file severity code`, and the status. */
async function checked(args: readonly string[], cwd = '') {
  const { status, out } = await cli(['check', '--format', 'json', ...args], { cwd })
  const { files } = JSON.parse(out) as {
    files: { file: string; diagnostics: { severity: string; code: string }[] }[]
  }
  const found = files.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ severity, code }) => `${file} ${severity} ${code}`),
  )
  return { status, found, files: files.map(({ file }) => file) }
}

describe('the nearest configuration', () => {
  test('holds for each file, wherever the command runs', async () => {
    const expected = ['error/n.cnn error stride-drops-pixels', 'n.cnn warning stride-drops-pixels']
    expect((await checked(['near'])).found).toEqual(expected.map((line) => `near/${line}`))
    expect((await checked([], 'near')).found).toEqual(expected)
    expect((await checked(['../n.cnn'], 'near/error')).found).toEqual([
      '../n.cnn warning stride-drops-pixels',
    ])
  })

  test('holds for standard input by the name that it goes by', async () => {
    const { status } = await cli(['check', '-', '--stdin-filename', 'near/error/new.cnn'], { input: DROPS })
    expect(status).toBe(1)
    expect((await cli(['check', '-'], { input: DROPS })).status).toBe(0)
  })

  test('gives way to the one that is named, and that to --rule', async () => {
    expect((await checked(['near/n.cnn', '--config', 'elsewhere.json'])).found).toEqual([])
    const args = ['near/n.cnn', '--config', 'elsewhere.json', '--rule', 'stride-drops-pixels=hint']
    expect((await checked(args)).found).toEqual(['near/n.cnn hint stride-drops-pixels'])
  })

  test('reaches the summary', async () => {
    expect((await cli(['summary', 'near/error/n.cnn'])).status).toBe(1)
    expect((await cli(['summary', 'near/error/n.cnn', '--rule', 'stride-drops-pixels=off'])).status).toBe(0)
    const { status, out, err } = await cli(['summary', 'wrong/n.cnn'])
    expect(status).toBe(2)
    expect(out).toContain('input image')
    expect(err).toContain('wrong/cnnlint.config.json:2:14 error[config-unknown-rule]')
  })
})

describe('ignored files', () => {
  test('are left out of folders and patterns, and checked when they are named', async () => {
    expect((await checked(['ignoring'])).files).toEqual(['ignoring/n.cnn'])
    expect((await checked(['ignoring/**/*.cnn'])).files).toEqual(['ignoring/n.cnn'])
    expect((await checked(['ignoring/old/n.cnn'])).found).toEqual([
      'ignoring/old/n.cnn info stride-drops-pixels',
    ])
  })

  test('are shown where nothing else is left', async () => {
    const { status, err } = await cli(['check', 'ignoring/old'])
    expect([status, err]).toEqual([2, "cnnlint: all files of 'ignoring/old' are ignored\n"])
  })

  test('are not formatted either', async () => {
    const untidy = 'network  N { input x: [3, 9, 9] }\n'
    writeFileSync(join(cli.folder, 'ignoring/old/untidy.cnn'), untidy)
    expect((await cli(['format', '--check', 'ignoring'])).out).toBe('')
    expect((await cli(['format', '--check', 'ignoring/old/untidy.cnn'])).status).toBe(1)
  })
})

describe('mistakes in a configuration', () => {
  test('are found in it, once for all files, and end with status 2; the rest is checked', async () => {
    const { status, found } = await checked(['wrong', 'near/n.cnn'])
    expect(status).toBe(2)
    expect(found).toEqual([
      'wrong/cnnlint.config.json error config-unknown-rule',
      'wrong/team.json error config-unknown-key',
      'wrong/n.cnn error window-exceeds-input',
      'near/n.cnn warning stride-drops-pixels',
    ])
  })

  test('are shown with their line', async () => {
    const { out } = await cli(['check', 'wrong'])
    expect(out).toContain(
      [
        'wrong/cnnlint.config.json:2:14 error[config-unknown-rule] No rule has the code `stride-drop-pixels`.',
        ' 2 |   "rules": { "stride-drop-pixels": "off" },',
        '   |              ^^^^^^^^^^^^^^^^^^^^',
        '   = The keys here are the codes of design rules.',
        '   help: Did you mean `stride-drops-pixels` or `stride-skips-pixels`?',
      ].join('\n'),
    )
  })

  test('keep files from being changed', async () => {
    const { status, err } = await cli(['check', '--fix', 'wrong'])
    expect(status).toBe(2)
    expect(err).toBe('cnnlint: nothing is fixed, because the configuration has mistakes\n')
    expect((await cli(['check', '--fix-dry-run', 'wrong'])).out).toBe('')
  })
})

describe('options', () => {
  test.each([
    [['--config', 'no.json'], "--config: there is no file 'no.json'"],
    [
      ['--rule', 'stride-drop-pixels=off'],
      "--rule: no rule has the code 'stride-drop-pixels'; did you mean 'stride-drops-pixels' or 'stride-skips-pixels'?",
    ],
    [['--rule', 'zzz=off'], "--rule: no rule has the code 'zzz'; 'cnnlint rules' lists them all"],
    [
      ['--rule', 'window-exceeds-input=off'],
      "--rule: 'window-exceeds-input' is no rule but the code of an error, which stands whatever is set",
    ],
    [['--rule', 'stride-drops-pixels=eror'], "--rule: 'eror' is no severity; did you mean 'error'?"],
    [
      ['--rule', 'stride-drops-pixels=loud'],
      "--rule: 'loud' is no severity: it is one of off, hint, info, warning, error",
    ],
    [['--rule', 'stride-drops-pixels'], "--rule needs CODE=SEVERITY, not 'stride-drops-pixels'"],
  ])('%j is refused', async (args, message) => {
    const { status, out, err } = await cli(['check', 'lenet.cnn', ...args])
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(`cnnlint: ${message}\n`)
  })
})

test('mistakes in a configuration are told where it ignores all files', async () => {
  const folder = mkdtempSync(join(cli.folder, 'config-'))
  writeFileSync(join(folder, 'cnnlint.config.json'), '{ "ignore": ["**"], "rulez": {} }\n')
  writeFileSync(join(folder, 'a.cnn'), 'X = 1\n')
  const { status, err } = await cli(['check'], { cwd: folder.slice(cli.folder.length + 1) })
  expect(status).toBe(2)
  expect(err).toContain("all files of '.' are ignored")
  expect(err).toContain('config-unknown-key')
})
