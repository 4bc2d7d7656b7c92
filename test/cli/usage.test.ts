import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json'
import { COMMANDS as COMMAND_LIST } from '../../server/src/cli/commands'
import { commandHelp, generalHelp } from '../../server/src/cli/help'
import { recorded, useCli } from './helper'

const cli = useCli()
const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url))
const COMMANDS = ['check', 'summary', 'format', 'layers', 'rules', 'init', 'lsp']

describe('help', () => {
  test('lists every command', async () => {
    const { status, out, err } = await cli(['--help'])
    expect(status).toBe(0)
    expect(err).toBe('')
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
    expect(out).toContain('Exit status: 0 nothing wrong, 1 problems found, 2 could not run.')
  })

  test.each(COMMANDS)('of %s shows usage, options and examples, in three ways', async (command) => {
    const { status, out } = await cli([command, '--help'])
    expect(status).toBe(0)
    expect(out).toMatch(new RegExp(`^Usage: cnnlint ${command}\\b`))
    expect(out).toContain(`  cnnlint ${command}`)
    expect((await cli([command, '-h'])).out).toBe(out)
    expect((await cli(['help', command])).out).toBe(out)
  })

  test.each([80, 100])('keeps its lines within %i columns', (columns) => {
    const output = { ...recorded(), columns }
    for (const command of COMMAND_LIST) {
      expect(
        commandHelp(command, output)
          .split('\n')
          .filter((line) => line.length > columns),
      ).toEqual([])
    }
    const general = generalHelp(COMMAND_LIST, '1.2.3', output)
    expect(general.split('\n').filter((line) => line.length > columns)).toEqual([])
  })

  test.each(COMMAND_LIST.filter(({ name }) => name === 'summary').flatMap(({ examples }) => examples))(
    'names files that are there: %s',
    async (example) => {
      const args = example.replace('examples/', `${EXAMPLES}/`).split(' ')
      const { status, err } = await cli(args)
      expect([status, err]).toEqual([0, ''])
    },
  )

  test('wins over other mistakes in the line', async () => {
    expect((await cli(['check', '--help', '--nonsense'])).status).toBe(0)
  })
})

test.each(['--version', '-v'])('%s prints the version of the package', async (option) => {
  expect(await cli.process([option])).toEqual({ status: 0, out: `${packageJson.version}\n`, err: '' })
})

describe('--color', () => {
  test.each([
    ['behind the command', ['check', '--color', 'always', 'broken.cnn']],
    ['before it', ['--color=always', 'check', 'broken.cnn']],
  ])('brings colours whatever the environment says: %s', async (_, args) => {
    const { out } = await cli.process(args, { env: { NO_COLOR: '1' } })
    expect(out).toContain('\u001B[31merror[window-exceeds-input]\u001B[39m')
  })

  test('takes them away', async () => {
    const { out } = await cli.process(['check', '--color=never', 'broken.cnn'], { env: { FORCE_COLOR: '1' } })
    expect(out).not.toContain('\u001B')
  })
})

describe('mistakes end with status 2 and say what to do', () => {
  test('no command', async () => {
    const { status, out, err } = await cli.process([])
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain('Usage: cnnlint COMMAND')
  })

  test.each<[string, string[], string]>([
    ['a mistyped command', ['chekc'], "unknown command 'chekc'; did you mean 'check'?"],
    [
      'an unknown command',
      ['frobnicate'],
      "unknown command 'frobnicate': it is one of check, summary, import, format, layers, rules, init, lsp",
    ],
    ['an option in place of a command', ['--quiet'], "unknown option '--quiet': a command comes first"],
    ['help for an unknown command', ['help', 'sumary'], "unknown command 'sumary'; did you mean 'summary'?"],
    ['a mistyped option', ['check', '--qiuet'], "unknown option '--qiuet'; did you mean '--quiet'?"],
    ['an unknown short option', ['check', '-x'], "unknown option '-x'"],
    ['an unknown colour', ['check', '--color', 'red'], '--color needs a value: --color auto|always|never'],
    ['no colour', ['check', '--color'], '--color needs a value: --color auto|always|never'],
    ['a missing value', ['check', '--format'], '--format needs a value: --format text|json|sarif|github'],
    [
      'an option in the place of a value',
      ['check', '--set', '--quiet'],
      '--set needs a value: --set NAME=VALUE',
    ],
    ['a value for a flag', ['check', '--quiet=yes'], "--quiet takes no value, but was given 'yes'"],
    [
      'a mistyped choice',
      ['check', '--format', 'jsno'],
      "--format cannot be 'jsno'; did you mean 'json'?: it is one of text, json, sarif, github",
    ],
    [
      'a number that is none',
      ['check', '--max-warnings', 'few'],
      "--max-warnings needs a whole number that is not negative, not 'few'",
    ],
    [
      'a negative number',
      ['check', '--max-warnings=-1'],
      "--max-warnings needs a whole number that is not negative, not '-1'",
    ],
    ['a pair without a value', ['check', '--set', 'classes'], "--set needs NAME=VALUE, not 'classes'"],
    ['too few arguments', ['summary'], 'summary needs FILE'],
    [
      'too many arguments',
      ['summary', 'a.cnn', 'b.cnn'],
      "summary takes FILE, but was given 'b.cnn' as well",
    ],
    ['arguments where none belong', ['lsp', 'x'], "lsp takes no arguments, but was given 'x' as well"],
  ])('%s', async (_, args, message) => {
    const { status, out, err } = await cli(args)
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(message)
    expect(err).toMatch(/Try 'cnnlint .*--help'\.\n$/)
  })
})
