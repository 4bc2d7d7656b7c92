/** Where the output of a check goes, and what configures it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RULES } from '../../server/src/rules'
import { useCli } from './helper'

const cli = useCli()

describe('--output-file', () => {
  test('takes what would go to standard output, without colours, into folders that it makes', async () => {
    const { out } = await cli(['check', 'broken.cnn'])
    const args = ['--color=always', 'check', '-o', 'made/here/report.txt', 'broken.cnn']
    expect(await cli(args)).toEqual({ status: 1, out: '', err: '' })
    expect(readFileSync(join(cli.folder, 'made/here/report.txt'), 'utf8')).toBe(out)
  })

  test('may take a diff, and what is left of standard input that is fixed', async () => {
    const input = 'network N {\n  input image: [3, 9, 9]\n  output y = image -> reluu\n}\n'
    const { out, status } = await cli(['check', '--fix', '-', '--output-file', 'left.txt'], { input })
    expect([status, out]).toEqual([0, input.replace('reluu', 'relu')])
    expect(readFileSync(join(cli.folder, 'left.txt'), 'utf8')).toBe('No problems in 1 file\n')
    await cli(['check', '--fix-dry-run', '-', '--output-file', 'diff.txt'], { input })
    expect(readFileSync(join(cli.folder, 'diff.txt'), 'utf8')).toContain('+  output y = image -> relu\n')
  })

  test('that cannot be written is an error', async () => {
    const { status, err } = await cli(['check', '-o', 'lenet.cnn/report.txt', 'broken.cnn'])
    expect(status).toBe(2)
    expect(err).toMatch(/^cnnlint: cannot write 'lenet\.cnn\/report\.txt': /)
  })

  test('is never a file of networks', async () => {
    const before = readFileSync(join(cli.folder, 'broken.cnn'), 'utf8')
    const { status, err } = await cli(['check', '-o', 'broken.cnn'])
    expect([status, err.split('\n')[0]]).toEqual([
      2,
      "cnnlint: --output-file: 'broken.cnn' is a file of networks",
    ])
    expect(readFileSync(join(cli.folder, 'broken.cnn'), 'utf8')).toBe(before)
  })

  test.runIf(existsSync('/dev/full'))('may be full', async () => {
    const { status, err } = await cli(['check', '-o', '/dev/full', 'broken.cnn'])
    expect([status, err]).toEqual([2, "cnnlint: cannot write '/dev/full': no space is left on the device\n"])
  })
})

test('-q reports errors only', async () => {
  const input = 'network N {\n  input image: [3, 33, 33]\n  output y = image -> maxpool(2)\n}\n'
  expect((await cli(['check', '-q', '-'], { input })).out).toBe('No problems in 1 file\n')
})

describe('--print-config', () => {
  test('has every rule as it holds for the file, and the configurations that say so', async () => {
    mkdirSync(join(cli.folder, 'set'))
    writeFileSync(
      join(cli.folder, 'set/team.json'),
      '{ "rules": { "large-kernel": ["error", { "saving": 0.5 }] } }',
    )
    const config = '{ "extends": "./team.json", "ignore": ["old"], "rules": { "shadowed-name": "off" } }'
    writeFileSync(join(cli.folder, 'set/cnnlint.config.json'), config)
    const { status, out } = await cli([
      'check',
      '--print-config',
      '--rule',
      'unused-name=hint',
      'set/old/a.cnn',
    ])
    expect(status).toBe(0)
    const { rules, ...rest } = JSON.parse(out)
    const configurations = ['set/cnnlint.config.json', 'set/team.json']
    expect(rest).toEqual({ version: 1, file: 'set/old/a.cnn', configurations, ignored: true })
    expect(Object.keys(rules)).toEqual(RULES.map(({ code }) => code))
    expect(rules).toMatchObject({
      'large-kernel': ['error', { saving: 0.5 }],
      'unused-name': 'hint',
      'stride-drops-pixels': 'info',
    })
    // It may be used as a configuration.
    writeFileSync(join(cli.folder, 'printed.json'), JSON.stringify({ rules }))
    const again = await cli(['check', '--print-config', '--config', 'printed.json', 'a.cnn'])
    expect(JSON.parse(again.out).rules).toEqual(rules)
  })

  test('is about one file', async () => {
    expect((await cli(['check', '--print-config'])).err).toContain(
      '--print-config needs the name of one file',
    )
    expect((await cli(['check', '--print-config', 'a.cnn', 'b.cnn'])).status).toBe(2)
  })

  test('ends with status 2 where a configuration has a mistake', async () => {
    mkdirSync(join(cli.folder, 'mistaken'))
    writeFileSync(join(cli.folder, 'mistaken/cnnlint.config.json'), '{ "rules": { "drops-pixels": "off" } }')
    const { status, err } = await cli(['check', '--print-config', 'mistaken/a.cnn'])
    expect(status).toBe(2)
    expect(err).toContain('help: Did you mean `stride-drops-pixels`?')
  })
})
