import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import packageJson from '../../package.json'
import { useCli } from './helper'

const cli = useCli()

/** The message of the one finding in a file. */
async function messageIn(file: string): Promise<string> {
  const { out } = await cli(['check', '--format', 'json', file])
  const [diagnostic] = JSON.parse(out).files[0].diagnostics
  expect(diagnostic.message).toMatch(/^Kernel 7 is larger than the padded height 4/)
  return diagnostic.message
}

beforeAll(() => {
  // Version control would turn these line ends into others.
  const lines = ['network Windows {', '  input image: [3, 4, 4]', '\ty = image -> conv(8, 7)', '}', '']
  writeFileSync(join(cli.folder, 'crlf.cnn'), lines.join('\r\n'))
  writeFileSync(
    join(cli.folder, 'odd, name: 100%.cnn'),
    'network N {\n  input x: [3, 4, 4]\n  output y = x -> cnov(1, 1)\n}\n',
  )
})

describe('text', () => {
  test('shows place, severity, code, what, the line, why, what helps and the page', async () => {
    const { out } = await cli(['check', 'broken.cnn'])
    expect(out).toBe(
      [
        'broken.cnn:5:27 error[window-exceeds-input] Kernel 7 is larger than the padded height 4 (4 + 2·0).',
        ' 5 |   wrong = fine -> conv(8, 7)',
        '   |                           ^',
        '   = A window must fit into its padded input at least once.',
        '   help: Use padding=2 or more, or a kernel of at most 4.',
        '   page: https://github.com/cnnlint/cnnlint/blob/main/docs/diagnostics/window-exceeds-input.md',
        '',
        '1 error in 1 file',
        '1 may be fixed with --fix --unsafe-fixes',
        '',
      ].join('\n'),
    )
  })

  test('shows the calls that led to a fault, and the fault in another file', async () => {
    const { out } = await cli(['check', 'called.cnn'])
    expect(out).toContain('called.cnn:3:53 error[shapes-differ]')
    expect(out).toMatch(/^ {3}= .*\(blocks\.cnn:4:\d+\)$/m)
    expect(out).toContain('   = in Called, line 7: twice (called.cnn:7:23)\n')
  })

  test('puts carets under wide letters where a terminal shows them', async () => {
    const { out } = await cli(['check', 'unicode.cnn'])
    const [head, source, carets] = out.split('\n') as [string, string, string]
    expect(head).toContain('unicode.cnn:4:24')
    // Each of the two letters before takes two columns.
    expect(carets.indexOf('^')).toBe(source.indexOf('7)') + 2)
  })

  test('shows tabs as spaces and no carriage return', async () => {
    const { out } = await cli(['check', 'crlf.cnn'])
    expect(out).not.toContain('\r')
    expect(out).toContain('crlf.cnn:3:23 error')
    expect(out).toContain(' 3 |     y = image -> conv(8, 7)\n   |                          ^\n')
  })

  test('is plain through a pipe and coloured when forced', async () => {
    const plain = await cli.process(['check', 'broken.cnn'])
    const forced = await cli.process(['check', 'broken.cnn'], { env: { FORCE_COLOR: '1' } })
    const refused = await cli.process(['check', 'broken.cnn'], { env: { FORCE_COLOR: '0' } })
    expect(plain.out).not.toContain('\u001B')
    expect(forced.out).toContain('\u001B[31merror[window-exceeds-input]\u001B[39m')
    expect(stripVTControlCharacters(forced.out)).toBe(plain.out)
    expect(refused.out).toBe(plain.out)
    const neither = await cli.process(['check', 'broken.cnn'], { env: { NO_COLOR: '1', FORCE_COLOR: '1' } })
    expect(neither.out).toBe(plain.out)
    const empty = await cli.process(['check', 'broken.cnn'], { env: { NO_COLOR: '', FORCE_COLOR: '1' } })
    expect(empty.out).toBe(forced.out)
  })

  test('control characters of a file do not reach the terminal', async () => {
    const { out } = await cli(['check', '-'], { input: 'network N { # \u001B[31m\n  x = \u0007\n}\n' })
    expect(out).toMatch(/^<stdin>:/)
    expect(out).not.toContain('\u0007')
    expect(out).not.toContain('\u001B')
  })
})

describe('json', () => {
  test('is what the contract says', async () => {
    const { status, out } = await cli(['check', '--format', 'json', 'lenet.cnn', 'unicode.cnn'])
    expect(status).toBe(1)
    expect(JSON.parse(out)).toEqual({
      version: 1,
      files: [
        { file: 'lenet.cnn', diagnostics: [] },
        {
          file: 'unicode.cnn',
          diagnostics: [
            {
              severity: 'error',
              code: 'window-exceeds-input',
              message: await messageIn('unicode.cnn'),
              line: 4,
              column: 24,
              endLine: 4,
              endColumn: 25,
              url: 'https://github.com/cnnlint/cnnlint/blob/main/docs/diagnostics/window-exceeds-input.md',
              fixes: expect.any(Array),
            },
          ],
        },
      ],
    })
  })
})

test('json has the proven fixes, whose edits lead to what they promise', async () => {
  const { out } = await cli(['check', '--format', 'json', 'broken.cnn'])
  const [{ diagnostics }] = JSON.parse(out).files
  const [fix] = diagnostics[0].fixes
  expect(fix).toMatchObject({ title: 'Set padding=3 → 8×4×4', class: 'choice' })
  const lines = readFileSync(join(cli.folder, 'broken.cnn'), 'utf8').split('\n')
  for (const { line, column, endLine, endColumn, text } of fix.edits) {
    expect(endLine).toBe(line)
    const before = lines[line - 1] as string
    lines[line - 1] = before.slice(0, column - 1) + text + before.slice(endColumn - 1)
  }
  const fixed = await cli(['check', '--format', 'json', '-'], { input: lines.join('\n') })
  expect(JSON.parse(fixed.out).files[0].diagnostics.filter(isError)).toEqual([])
})

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === 'error'
}

describe('github', () => {
  test('is one annotation a finding', async () => {
    const { out } = await cli(['check', '--format', 'github', 'broken.cnn', 'lenet.cnn'])
    expect(out).toBe(
      `::error file=broken.cnn,line=5,endLine=5,col=27,endColumn=28,title=cnnlint%3A window-exceeds-input::${await messageIn('broken.cnn')}\n`,
    )
  })

  test('escapes what would end a property', async () => {
    const { out } = await cli(['check', '--format', 'github', 'odd, name: 100%.cnn'])
    expect(out).toMatch(/^::error file=odd%2C name%3A 100%25\.cnn,line=3,/)
  })

  test('is empty without findings', async () => {
    expect((await cli(['check', '--format', 'github', 'lenet.cnn'])).out).toBe('')
  })
})

interface Sarif {
  readonly $schema: string
  readonly version: string
  readonly runs: readonly SarifRun[]
}

interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly name: string
      readonly version: string
      readonly rules: readonly { readonly id: string; readonly helpUri: string }[]
    }
  }
  readonly columnKind: string
  readonly results: readonly SarifResult[]
}

interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly SarifLocation[]
  readonly relatedLocations?: readonly (SarifLocation & { readonly message: { readonly text: string } })[]
}

interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string }
    readonly region: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>
  }
}

async function sarif(...paths: readonly string[]): Promise<Sarif> {
  return JSON.parse((await cli(['check', '--format', 'sarif', ...paths])).out)
}

describe('sarif', () => {
  test('has what version 2.1.0 requires, and a help page for each code', async () => {
    const log = await sarif('.')
    expect(log.version).toBe('2.1.0')
    expect(log.$schema).toContain('sarif-2.1.0')
    const [run] = log.runs as [SarifRun]
    const { name, version, rules } = run.tool.driver
    expect({ name, version }).toEqual({ name: 'cnnlint', version: packageJson.version })
    expect(run.columnKind).toBe('utf16CodeUnits')
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    for (const rule of rules) expect(rule.helpUri).toMatch(new RegExp(`^https://.*/${rule.id}\\.md$`))
    expect(run.results.length).toBeGreaterThan(3)
    for (const result of run.results) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId)
      expect(['error', 'warning', 'note']).toContain(result.level)
      expect(result.message.text).not.toBe('')
      expect(result.locations).toHaveLength(1)
    }
  })

  test('places findings and the calls that led there', async () => {
    const [run] = (await sarif('called.cnn')).runs as [SarifRun]
    const [result] = run.results as [SarifResult]
    expect(result.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'called.cnn' },
      region: { startLine: 3, startColumn: 53, endLine: 3, endColumn: 64 },
    })
    const related = result.relatedLocations ?? []
    expect(related.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri)).toEqual([
      'blocks.cnn',
      'called.cnn',
    ])
    expect(related[1]?.message.text).toBe('in Called, line 7: twice')
  })

  test('writes addresses as addresses', async () => {
    const uriOf = async (path: string) =>
      (await sarif(path)).runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri
    expect(await uriOf('odd, name: 100%.cnn')).toBe('odd%2C%20name%3A%20100%25.cnn')
    expect(await uriOf(join(cli.folder, 'broken.cnn'))).toMatch(/^file:\/\/\/.*\/broken\.cnn$/)
  })

  test('is a whole log without findings', async () => {
    const [run] = (await sarif('lenet.cnn')).runs as [SarifRun]
    expect(run.results).toEqual([])
    expect(run.tool.driver.rules).toEqual([])
  })
})

describe('severities', () => {
  const rounded = 'network N {\n  input image: [3, 33, 33]\n  output y = image -> maxpool(2)\n}\n'

  test('information does not fail', async () => {
    const { status, out } = await cli(['check', '-', '--max-warnings', '0'], { input: rounded })
    expect(out).toContain('info[stride-drops-pixels]')
    expect(out).toMatch(/\n1 info in 1 file\n1 may be fixed with --fix --unsafe-fixes\n$/)
    expect(status).toBe(0)
  })

  test('are notices for GitHub and notes in SARIF', async () => {
    const github = await cli(['check', '-', '--format', 'github'], { input: rounded })
    expect(github.out).toMatch(/^::notice file=<stdin>,line=3,/)
    const { out } = await cli(['check', '-', '--format', 'sarif'], { input: rounded })
    expect((JSON.parse(out) as Sarif).runs[0]?.results[0]?.level).toBe('note')
  })

  test('--quiet leaves errors only', async () => {
    const { out } = await cli(['check', '-', '--quiet'], { input: rounded })
    expect(out).toBe('No problems in 1 file\n')
  })
})
