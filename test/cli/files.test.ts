/** Nothing that someone wrote is lost, and nothing waits for ever. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replaceText } from '../../server/src/cli/files'
import { useCli } from './helper'

const cli = useCli()

const UGLY = 'network N {\n  input image:[3, 8, 8]\n  output y = image->relu\n}\n'
const TIDY = 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\n'
const BROKEN = 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu -> convv(8, 3)\n}\n'

/** A folder of its own below that of the fixtures. */
function newFolder() {
  const folder = mkdtempSync(join(cli.folder, 'files-'))
  return { folder, cwd: folder.slice(cli.folder.length + 1), path: (name: string) => join(folder, name) }
}

describe('a file that is no UTF-8 text is left alone', () => {
  const latin1 = Buffer.from(UGLY.replace('}', '# Stra\u00DFe\n}'), 'latin1')
  const utf16 = Buffer.from(`\uFEFF${UGLY}`, 'utf16le')
  test.each([
    ['another encoding', latin1, 'it is not UTF-8 text'],
    ['UTF-16', utf16, 'it is UTF-16; save it as UTF-8'],
    ['UTF-16 the other way round', Buffer.from(utf16).swap16(), 'it is UTF-16; save it as UTF-8'],
    ['UTF-16 without a mark', utf16.subarray(2), 'it has NUL characters, so it is not UTF-8 text'],
  ])('%s', async (_, bytes, why) => {
    const { cwd, path } = newFolder()
    writeFileSync(path('a.cnn'), bytes)
    const formatted = await cli(['format', 'a.cnn'], { cwd })
    expect(formatted).toEqual({ status: 2, out: '', err: `cnnlint: cannot format 'a.cnn': ${why}\n` })
    const fixed = await cli(['check', '--fix', 'a.cnn'], { cwd })
    expect(fixed).toEqual({ status: 2, out: '', err: `cnnlint: cannot read 'a.cnn': ${why}\n` })
    expect(readFileSync(path('a.cnn')).equals(bytes)).toBe(true)
  })
})

describe('a text takes the place of another', () => {
  test('with its mark and its permissions, and leaves nothing beside it', async () => {
    const { cwd, folder, path } = newFolder()
    writeFileSync(path('a.cnn'), `\uFEFF${UGLY}`)
    chmodSync(path('a.cnn'), 0o666)
    expect(await cli(['format', 'a.cnn'], { cwd })).toEqual({ status: 0, out: 'a.cnn\n', err: '' })
    expect(readFileSync(path('a.cnn'), 'utf8')).toBe(`\uFEFF${TIDY}`)
    expect(statSync(path('a.cnn')).mode & 0o777).toBe(0o666)
    expect(readdirSync(folder)).toEqual(['a.cnn'])
  })

  test('as a file of its own: who reads the old one still does', async () => {
    const { cwd, path } = newFolder()
    writeFileSync(path('a.cnn'), UGLY)
    linkSync(path('a.cnn'), path('old'))
    await cli(['format', 'a.cnn'], { cwd })
    expect([readFileSync(path('old'), 'utf8'), readFileSync(path('a.cnn'), 'utf8')]).toEqual([UGLY, TIDY])
  })

  test('behind a link, which stays one', async () => {
    const { cwd, path } = newFolder()
    writeFileSync(path('a.cnn'), UGLY)
    symlinkSync('a.cnn', path('link.cnn'))
    await cli(['format', 'link.cnn'], { cwd })
    expect(lstatSync(path('link.cnn')).isSymbolicLink()).toBe(true)
    expect(readFileSync(path('a.cnn'), 'utf8')).toBe(TIDY)
  })

  test('only while that is what was read', () => {
    const { folder, path } = newFolder()
    writeFileSync(path('a.cnn'), 'newer')
    expect(() => replaceText(path('a.cnn'), UGLY, TIDY)).toThrow('it has changed since it was read')
    expect(readFileSync(path('a.cnn'), 'utf8')).toBe('newer')
    expect(readdirSync(folder)).toEqual(['a.cnn'])
  })

  test('or is reported as not written, and its problems stand', async () => {
    const { cwd, folder, path } = newFolder()
    writeFileSync(path('a.cnn'), BROKEN)
    const { status, out, err } = await withTaken(path(`.a.cnn.${process.pid}.tmp`), () =>
      cli(['check', '--fix', 'a.cnn'], { cwd }),
    )
    expect(status).toBe(2)
    expect(err).toMatch(/^cnnlint: cannot write 'a.cnn': /)
    expect(err).not.toContain('fixed')
    expect(out).toContain('a.cnn:3:31 error[unknown-layer]')
    expect(readFileSync(join(folder, 'a.cnn'), 'utf8')).toBe(BROKEN)
  })

  /** Runs while the name of the file that is written first is taken, as by a program that was killed. */
  async function withTaken<T>(name: string, run: () => Promise<T>): Promise<T> {
    writeFileSync(name, '')
    return run()
  }
})

describe.runIf(existsSync('/dev/zero'))('devices and pipes', () => {
  test('as imports are not read', async () => {
    const { cwd, path } = newFolder()
    symlinkSync('/dev/zero', path('zero.cnn'))
    spawnSync('sh', ['-c', `mkfifo '${path('pipe.cnn')}'`])
    writeFileSync(path('a.cnn'), 'from "zero.cnn" import a\nfrom "pipe.cnn" import b\nX = a + b\n')
    const { status, out } = await cli(['check', '--format', 'json', 'a.cnn'], { cwd })
    expect(status).toBe(1)
    const [{ diagnostics }] = JSON.parse(out).files
    expect(diagnostics.map(({ code, line }: { code: string; line: number }) => [code, line])).toEqual([
      ['import-not-found', 1],
      ['import-not-found', 2],
    ])
  })

  test('as configurations are an error', async () => {
    const { cwd, path } = newFolder()
    symlinkSync('/dev/zero', path('cnnlint.config.json'))
    writeFileSync(path('a.cnn'), TIDY)
    const { status, err } = await cli(['check', 'a.cnn'], { cwd })
    expect(status).toBe(2)
    expect(err).toContain('it is no regular file')
  })

  test('as files to check are an error', async () => {
    const { cwd, path } = newFolder()
    symlinkSync('/dev/zero', path('zero.cnn'))
    const { status, err } = await cli(['check', 'zero.cnn'], { cwd })
    expect([status, err]).toEqual([2, "cnnlint: cannot read 'zero.cnn': it is no regular file\n"])
  })
})

describe('what is printed', () => {
  const NAME = 'a\n::error::\u001B[31m\u202Eb.cnn'

  test.each([
    ['text', ['check', NAME]],
    ['github', ['check', '--format', 'github', NAME]],
    ['a format', ['format', NAME]],
    ['a dry run', ['check', '--fix-dry-run', NAME]],
    ['a wrong name', ['check', `${NAME}2`]],
    ['a wrong option', ['check', '--\u001B[31m\n::error::']],
    ['a wrong command', ['\u001B[31m\n::error::']],
  ])('holds no character that a terminal or a build server obeys: %s', async (_, args) => {
    const { cwd, path } = newFolder()
    writeFileSync(path(NAME), BROKEN.replace('[3, 8, 8]', '[3,  8, 8] # \u202E\u001B[31m'))
    const { out, err } = await cli(args, { cwd })
    expect(out + err).not.toBe('')
    expect(out + err).not.toMatch(/^\s*::error::/m)
    for (const obeyed of ['\u001B', '\u202E']) {
      expect(err).not.toContain(obeyed)
      expect(out).not.toContain(obeyed)
    }
  })

  test.runIf(existsSync('/dev/full'))('may find no space: that is an error without a stack', () => {
    const { folder, path } = newFolder()
    writeFileSync(path('a.cnn'), BROKEN)
    const command = `"${process.execPath}" "${cli.program}" check a.cnn > /dev/full`
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
    expect([status, stderr]).toEqual([
      2,
      'cnnlint: cannot write the output: no space is left on the device\n',
    ])
  })
})
