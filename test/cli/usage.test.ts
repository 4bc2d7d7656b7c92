import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json'
import { useCli } from './helper'

const cli = useCli()
const COMMANDS = ['check', 'summary', 'format', 'layers', 'rules', 'lsp']

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

  test('keeps its lines within 100 columns', async () => {
    for (const command of COMMANDS) {
      const { out } = await cli([command, '--help'])
      const options = out.slice(0, out.indexOf('Examples:')).split('\n')
      expect(options.filter((line) => line.length > 100)).toEqual([])
    }
  })

  test('wins over other mistakes in the line', async () => {
    expect((await cli(['check', '--help', '--nonsense'])).status).toBe(0)
  })
})

test.each(['--version', '-v'])('%s prints the version of the package', async (option) => {
  expect(await cli.process([option])).toEqual({ status: 0, out: `${packageJson.version}\n`, err: '' })
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
      "unknown command 'frobnicate': it is one of check, summary, format, layers, rules, lsp",
    ],
    ['a file in place of a command', ['lenet.cnn'], "did you mean 'cnnlint check lenet.cnn'?"],
    ['an option in place of a command', ['--quiet'], "unknown option '--quiet': a command comes first"],
    ['help for an unknown command', ['help', 'sumary'], "unknown command 'sumary'; did you mean 'summary'?"],
    ['a mistyped option', ['check', '--qiuet'], "unknown option '--qiuet'; did you mean '--quiet'?"],
    ['an unknown short option', ['check', '-x'], "unknown option '-x'"],
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
