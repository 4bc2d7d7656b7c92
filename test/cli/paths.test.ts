/** Which files the arguments of a command name. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { useCli } from './helper'

const cli = useCli()

const FINE = 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\n'

/** A folder with these files, fine networks unless a text is given. */
function folderWith(files: Readonly<Record<string, string | undefined>>) {
  const folder = mkdtempSync(join(cli.folder, 'paths-'))
  for (const [name, text = FINE] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const cwd = folder.slice(cli.folder.length + 1)
  const checked = async (...args: readonly string[]) => {
    const { out, err, status } = await cli(['check', '--format', 'json', ...args], { cwd })
    const files = out === '' ? [] : JSON.parse(out).files.map(({ file }: { file: string }) => file)
    return { files, err, status }
  }
  return { folder, cwd, checked }
}

describe('what git ignores', () => {
  const FILES = {
    '.gitignore': 'build/\n*.gen.cnn\n!kept.gen.cnn\n/top.cnn\n',
    'a.cnn': undefined,
    'top.cnn': undefined,
    'x.gen.cnn': undefined,
    'kept.gen.cnn': undefined,
    'build/b.cnn': undefined,
    'deep/top.cnn': undefined,
    'deep/.gitignore': 'own.cnn\n!x.gen.cnn\n',
    'deep/own.cnn': undefined,
    'deep/x.gen.cnn': undefined,
    'deep/build/!kept.cnn': undefined,
  }
  const LEFT = ['a.cnn', 'deep/top.cnn', 'deep/x.gen.cnn', 'kept.gen.cnn']

  test('is left out of folders and patterns: nested files and negations count as in git', async () => {
    const { folder, checked } = folderWith(FILES)
    expect((await checked()).files).toEqual(LEFT)
    expect((await checked('**/*.cnn')).files).toEqual(LEFT)
    // The same files that git itself would take.
    execFileSync('git', ['init', '--quiet'], { cwd: folder })
    const listed = ['ls-files', '--others', '--exclude-standard', '*.cnn']
    expect(execFileSync('git', listed, { cwd: folder, encoding: 'utf8' }).trim().split('\n')).toEqual(LEFT)
    expect((await checked()).files).toEqual(LEFT)
    writeFileSync(join(folder, '.git/info/exclude'), 'a.cnn\n')
    expect((await checked()).files).toEqual(LEFT.slice(1))
  })

  test('is known in a folder below the one with the rules, up to the top of the repository', async () => {
    const { folder, cwd } = folderWith(FILES)
    execFileSync('git', ['init', '--quiet'], { cwd: folder })
    const { out } = await cli(['format', '--check', '.'], { cwd: join(cwd, 'deep') })
    expect(out).toBe('')
    const { status, err } = await cli(['check', '.'], { cwd: join(cwd, 'build') })
    expect([status, err]).toEqual([2, "cnnlint: no .cnn file in '.' apart from what git ignores\n"])
  })

  test('is checked when it is named, and left out of that too with --force-exclude', async () => {
    const { cwd, checked } = folderWith({ ...FILES, 'cnnlint.config.json': '{ "ignore": ["a.cnn"] }' })
    const named = ['x.gen.cnn', 'a.cnn', 'build/b.cnn', 'deep/top.cnn']
    expect((await checked(...named)).files).toEqual(named)
    expect((await checked('--force-exclude', ...named)).files).toEqual(['deep/top.cnn'])
    const nothing = await cli(['check', '--force-exclude', 'x.gen.cnn', 'a.cnn'], { cwd })
    expect(nothing).toEqual({ status: 0, out: '', err: '' })
    const format = await cli(['format', '--check', '--force-exclude', 'x.gen.cnn'], { cwd })
    expect(format).toEqual({ status: 0, out: '', err: '' })
    const args = ['check', '--fix', '--force-exclude', '--stdin-filename', 'a.cnn', '-']
    const input = FINE.replace('relu', 'reluu')
    expect(await cli(args, { cwd, input })).toEqual({ status: 0, out: input, err: '' })
  })
})

describe('what is no file of networks', () => {
  test('is refused by its name, and the rest is checked', async () => {
    const { checked } = folderWith({ 'README.md': '# A title', 'a.cnn': undefined })
    const { files, err, status } = await checked('README.md', 'a.cnn')
    expect([status, err]).toEqual([2, "cnnlint: 'README.md' is no .cnn file\n"])
    expect(files).toEqual(['a.cnn'])
    expect((await checked('*')).files).toEqual(['a.cnn'])
    expect((await checked('*.md')).err).toBe("cnnlint: no .cnn file matches '*.md'\n")
  })

  test('is not laid out', async () => {
    const { cwd } = folderWith({ 'notes.txt': '  text  ' })
    const { status, err } = await cli(['format', 'notes.txt'], { cwd })
    expect([status, err]).toEqual([2, "cnnlint: 'notes.txt' is no .cnn file\n"])
  })
})

describe('links', () => {
  test('to files count under their own names', async () => {
    const { folder, checked } = folderWith({ 'a/net.txt': undefined })
    symlinkSync('net.txt', join(folder, 'a/link.cnn'))
    expect((await checked()).files).toEqual(['a/link.cnn'])
    expect((await checked('a/*.cnn')).files).toEqual(['a/link.cnn'])
    expect((await checked('a/link.cnn')).files).toEqual(['a/link.cnn'])
  })

  test('to folders are followed where an argument or a part of a pattern names them', async () => {
    const { folder, checked } = folderWith({ 'real/net.cnn': undefined, 'real/deep/net.cnn': undefined })
    symlinkSync('real', join(folder, 'link'))
    symlinkSync('..', join(folder, 'real/circle'))
    expect((await checked()).files).toEqual(['real/deep/net.cnn', 'real/net.cnn'])
    expect((await checked('link')).files).toEqual(['link/deep/net.cnn', 'link/net.cnn'])
    expect((await checked('link/*.cnn')).files).toEqual(['link/net.cnn'])
    expect((await checked('*/net.cnn')).files).toEqual(['link/net.cnn', 'real/net.cnn'])
    expect((await checked('l*/**/*.cnn')).files).toEqual(['link/deep/net.cnn', 'link/net.cnn'])
    expect((await checked('**/net.cnn')).files).toEqual(['real/deep/net.cnn', 'real/net.cnn'])
  })
})

describe('what cannot be read', () => {
  test('is said and left out where a folder holds it, and an error where it is named', async () => {
    const { folder, checked } = folderWith({ 'a.cnn': undefined, 'b.cnn': '\0' })
    symlinkSync('nowhere', join(folder, 'dangling.cnn'))
    spawnSync('sh', ['-c', `mkfifo '${join(folder, 'pipe.cnn')}'`])
    const { files, err, status } = await checked()
    expect([status, files]).toEqual([0, ['a.cnn']])
    expect(err.trim().split('\n').sort()).toEqual([
      "cnnlint: cannot read 'b.cnn', which is left out: it has NUL characters, so it is not UTF-8 text",
      "cnnlint: cannot read 'dangling.cnn', which is left out: there is no such file",
      "cnnlint: cannot read 'pipe.cnn', which is left out: it is no regular file",
    ])
    const named = await checked('dangling.cnn', 'a.cnn')
    expect([named.status, named.err]).toEqual([
      2,
      "cnnlint: cannot read 'dangling.cnn': there is no such file\n",
    ])
  })

  test.runIf(process.getuid?.() !== 0)('may be a folder', async () => {
    const { folder, checked } = folderWith({ 'a.cnn': undefined, 'closed/b.cnn': undefined })
    execFileSync('chmod', ['000', join(folder, 'closed')])
    const found = await checked()
    expect([found.status, found.files]).toEqual([0, ['a.cnn']])
    expect(found.err).toBe("cnnlint: cannot read 'closed', which is left out: permission denied\n")
    const named = await checked('closed')
    expect([named.status, named.err]).toEqual([2, "cnnlint: cannot read 'closed': permission denied\n"])
    execFileSync('chmod', ['700', join(folder, 'closed')])
  })

  test('may be too long: standard input as well', async () => {
    const { folder, checked } = folderWith({})
    writeFileSync(join(folder, 'long.cnn'), `#${' '.repeat(10_000_000)}\n`)
    expect((await checked('long.cnn')).err).toBe("cnnlint: cannot read 'long.cnn': it has more than 10 MB\n")
    const { status, err } = await cli.process(['check', '-'], { input: `#${' '.repeat(10_000_000)}` })
    expect([status, err]).toEqual([2, "cnnlint: cannot read '-': it has more than 10 MB\n"])
  })
})
