import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { useCli } from './helper'

const cli = useCli()

const BROKEN = `network N {
  input image: [3, 9, 9]
  a = image -> conv(8, 3) -> rellu
  output y = a -> flatten -> dropout(0) -> linear(10)
}
`
const FIXED = BROKEN.replace('rellu', 'relu').replace(' -> dropout(0)', '')
const MISSPELT =
  'network N {\n  input image: [3, 9, 9]\n  a = image -> reluu\n  output y = a -> abcdefgh\n}\n'
const DROPS = 'network N {\n  input image: [3, 9, 9]\n  output y = image -> maxpool(2)\n}\n'

/** A folder of its own with these files, below that of the fixtures. */
function folderWith(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(cli.folder, 'fix-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  return { cwd: folder.slice(cli.folder.length + 1), folder, read }
}

describe('--fix', () => {
  test('fixes to the end, writes, and reports what is left', async () => {
    const { cwd, read } = folderWith({ 'a.cnn': BROKEN, 'b.cnn': DROPS, 'c.cnn': FIXED })
    const { status, out, err } = await cli(['check', '--fix'], { cwd })
    expect([status, err]).toEqual([0, '1 file fixed\n'])
    expect(out).not.toContain('error[')
    expect(out).toContain('b.cnn:3:23 info[stride-drops-pixels]')
    expect(out).toMatch(/ in 3 files\n\d may be fixed with --fix --unsafe-fixes\n$/)
    expect([read('a.cnn'), read('b.cnn'), read('c.cnn')]).toEqual([FIXED, DROPS, FIXED])
  })

  test('makes no choice, which --unsafe-fixes does', async () => {
    const wide = 'network N {\n  input image: [3, 4, 4]\n  output y = image -> conv(8, 7) -> linear(10)\n}\n'
    const { cwd, read } = folderWith({ 'a.cnn': wide })
    const { status, out, err } = await cli(['check', '--fix'], { cwd })
    expect([status, err]).toEqual([1, ''])
    expect(out).toMatch(/\n1 may be fixed with --fix --unsafe-fixes\n$/)
    expect(read('a.cnn')).toBe(wide)
    expect((await cli(['check', '--fix', '--unsafe-fixes'], { cwd })).out).not.toContain('may be fixed')
    expect(read('a.cnn')).not.toBe(wide)
  })

  test('applies the suggestions of rules with --unsafe-fixes', async () => {
    const { cwd, read } = folderWith({ 'a.cnn': DROPS })
    const { status, out } = await cli(['check', '--fix', '--unsafe-fixes'], { cwd })
    expect([status, out]).toEqual([0, 'No problems in 1 file\n'])
    expect(read('a.cnn')).toBe(DROPS.replace('(2)', '(2, ceil=true)'))
  })

  test('leaves alone what the configuration switches off', async () => {
    const { cwd, read } = folderWith({
      'a.cnn': DROPS,
      'cnnlint.config.json': '{ "rules": { "stride-drops-pixels": "off" } }',
    })
    await cli(['check', '--fix', '--unsafe-fixes'], { cwd })
    expect(read('a.cnn')).toBe(DROPS)
  })

  test('breaks no file that imports the one that is fixed', async () => {
    const block = 'block down(x: tensor) { return x -> conv(8, 7) }\n'
    const own = `${block}network Own {\n  input image: [3, 5, 5]\n  output y = image -> down\n}\n`
    const user =
      'from "./blocks.cnn" import down\nnetwork L {\n  input image: [3, 9, 9]\n  output y = image -> down\n  expect y.shape == [8, 3, 3]\n}\n'
    const { cwd, read } = folderWith({ 'blocks.cnn': own, 'user.cnn': user })
    const { status } = await cli(['check', '--fix', '--unsafe-fixes'], { cwd })
    expect(status).toBe(0)
    expect(read('blocks.cnn')).toContain('conv(8, 7)')
    expect(read('user.cnn')).toBe(user)
  })

  test('keeps a byte order mark', async () => {
    const { cwd, read } = folderWith({ 'a.cnn': `\uFEFF${BROKEN}` })
    await cli(['check', '--fix'], { cwd })
    expect(read('a.cnn')).toBe(`\uFEFF${FIXED}`)
  })

  test.runIf(process.getuid?.() !== 0)('ends with status 2 when a file cannot be written', async () => {
    const { cwd, folder } = folderWith({ 'a.cnn': BROKEN })
    chmodSync(join(folder, 'a.cnn'), 0o444)
    const { status, err } = await cli(['check', '--fix'], { cwd })
    expect(status).toBe(2)
    expect(err).toContain("cannot write 'a.cnn': permission denied")
  })
})

describe('--fix of standard input', () => {
  test('prints the text that results, and on standard error what is left in it', async () => {
    const { status, out, err } = await cli(['check', '--fix', '-'], { input: `\uFEFF${MISSPELT}` })
    expect([status, out]).toEqual([1, `\uFEFF${MISSPELT.replace('reluu', 'relu')}`])
    expect(err).toMatch(/^<stdin>:4:\d+ error\[unknown-layer\]/)
    expect(err).toMatch(/\n1 file fixed\n$/)
  })

  test('prints a text in which nothing is to be fixed as it is', async () => {
    const { status, out, err } = await cli(['check', '--fix', '-'], { input: FIXED })
    expect([status, out, err]).toEqual([0, FIXED, 'No problems in 1 file\n'])
  })
})

describe('--fix-dry-run', () => {
  test('prints a diff that git applies, writes nothing and ends with status 1', async () => {
    const { cwd, folder, read } = folderWith({ 'a.cnn': BROKEN, 'b.cnn': FIXED })
    mkdirSync(join(folder, 'deep'))
    writeFileSync(join(folder, 'deep', 'c.cnn'), BROKEN.trimEnd())
    const { status, out, err } = await cli(['check', '--fix-dry-run'], { cwd })
    expect([status, err]).toEqual([1, '2 files would change\n'])
    expect(read('a.cnn')).toBe(BROKEN)
    expect(out.match(/^\+\+\+ .*/gm)).toEqual(['+++ b/a.cnn', '+++ b/deep/c.cnn'])
    execFileSync('git', ['apply', '--unidiff-zero', '-'], { cwd: folder, input: out })
    expect([read('a.cnn'), read('deep/c.cnn')]).toEqual([FIXED, FIXED.trimEnd()])
  })

  test('prints nothing where nothing would change; the status is that of what is left', async () => {
    const { cwd } = folderWith({ 'a.cnn': FIXED })
    expect(await cli(['check', '--fix-dry-run'], { cwd })).toEqual({ status: 0, out: '', err: '' })
    const other = folderWith({
      'a.cnn': 'network N {\n  input image: [3, 4, 4]\n  output y = image -> oops\n}\n',
    })
    expect((await cli(['check', '--fix-dry-run'], { cwd: other.cwd })).status).toBe(1)
  })

  test('reads standard input', async () => {
    const { status, out } = await cli(['check', '--fix-dry-run', '-', '--stdin-filename', 'x.cnn'], {
      input: BROKEN,
    })
    expect(status).toBe(1)
    expect(out).toContain('--- a/x.cnn\n+++ b/x.cnn\n@@ -1,5 +1,5 @@\n')
  })
})

test.each([
  [['--fix', '--fix-dry-run'], '--fix writes and --fix-dry-run does not'],
  [['--unsafe-fixes'], '--unsafe-fixes goes with --fix or --fix-dry-run'],
  [['--fix', '--set', 'classes=3'], '--set and --input do not go with --fix'],
  [['--fix', '-', 'lenet.cnn'], '- stands alone: standard input is not fixed with files'],
  [['--fix-dry-run', '--format', 'json'], '--fix-dry-run prints a diff'],
])('%j is refused', async (args, message) => {
  const { status, out, err } = await cli(['check', ...args])
  expect([status, out]).toEqual([2, ''])
  expect(err).toContain(message)
})

test('the text ends with the counts by code, the gravest first', async () => {
  const { cwd } = folderWith({ 'a.cnn': BROKEN, 'b.cnn': DROPS, 'c.cnn': DROPS })
  const { out } = await cli(['check'], { cwd })
  expect(out.split('\n\n').slice(-2).join('\n\n')).toBe(
    [
      ' 1  error    unknown-layer        --fix',
      ' 2  info     stride-drops-pixels  --fix --unsafe-fixes',
      '',
      '1 error, 2 infos in 3 files',
      '1 may be fixed with --fix, 2 more with --fix --unsafe-fixes',
      '',
    ].join('\n'),
  )
})
