import { spawn } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { useCli } from './helper'

const cli = useCli()

interface CheckJson {
  readonly version: number
  readonly files: readonly { readonly file: string; readonly diagnostics: readonly { code: string }[] }[]
}

async function checkedFiles(args: readonly string[], cwd = '') {
  const { out } = await cli(['check', '--format', 'json', ...args], { cwd })
  return (JSON.parse(out) as CheckJson).files.map(({ file }) => file)
}

beforeAll(() => {
  // Folders of this name are kept out of version control.
  mkdirSync(join(cli.folder, 'nested/node_modules/other'), { recursive: true })
  writeFileSync(join(cli.folder, 'nested/node_modules/other/package.cnn'), 'broken')
  mkdirSync(join(cli.folder, 'none'))
  symlinkSync('loop.cnn', join(cli.folder, 'loop.cnn'))
})

describe('exit status', () => {
  test('0 for a file without problems', async () => {
    const { status, out, err } = await cli.process(['check', 'lenet.cnn'])
    expect([status, err]).toEqual([0, ''])
    expect(out).toBe('No problems in 1 file\n')
  })

  test('0 for an empty file', async () => {
    expect((await cli.process(['check', 'empty.cnn'])).status).toBe(0)
  })

  test('1 when there is an error', async () => {
    expect((await cli.process(['check', 'broken.cnn'])).status).toBe(1)
    expect((await cli.process(['check', 'syntax.cnn'])).status).toBe(1)
  })

  test('2 when a file cannot be read, whatever the others hold', async () => {
    const { status, out, err } = await cli.process(['check', 'loop.cnn', 'lenet.cnn'])
    expect(status).toBe(2)
    expect(err).toBe("cnnlint: cannot read 'loop.cnn': its symbolic links go round in a circle\n")
    expect(out).toContain('No problems in 1 file')
  })
})

describe('paths', () => {
  test('folders are searched, node_modules and dot-folders left out', async () => {
    expect(await checkedFiles(['nested'])).toEqual(['nested/deeper/inner.cnn', 'nested/top.cnn'])
  })

  test('no path means the current folder', async () => {
    expect(await checkedFiles([], 'nested')).toEqual(['deeper/inner.cnn', 'top.cnn'])
  })

  test('globs', async () => {
    expect(await checkedFiles(['nested/**/*.cnn'])).toEqual(['nested/deeper/inner.cnn', 'nested/top.cnn'])
    expect(await checkedFiles(['{lenet,broken}.cnn'])).toEqual(['broken.cnn', 'lenet.cnn'])
  })

  test('a file that several arguments name is checked once', async () => {
    expect(await checkedFiles(['lenet.cnn', './lenet.cnn', 'nested/../lenet.cnn', 'len*.cnn'])).toEqual([
      'lenet.cnn',
    ])
  })

  test('absolute paths stay absolute', async () => {
    const path = join(cli.folder, 'lenet.cnn')
    expect(await checkedFiles([path])).toEqual([path])
  })

  test.each([
    ['missing.cnn', "no file or folder is named 'missing.cnn'"],
    ['missing/*.cnn', "no file matches 'missing/*.cnn'"],
    ['none', "no .cnn file in 'none'"],
  ])('%s names nothing', async (path, message) => {
    const { status, out, err } = await cli(['check', path])
    expect([status, out]).toEqual([2, ''])
    expect(err).toBe(`cnnlint: ${message}\n`)
  })

  test('the rest is checked when one path names nothing', async () => {
    const { status, out } = await cli(['check', 'missing.cnn', 'lenet.cnn'])
    expect(status).toBe(2)
    expect(out).toContain('No problems in 1 file')
  })

  test('imports are followed from the folder of the importing file', async () => {
    const { status, out } = await cli(['check', '../residual.cnn'], { cwd: 'nested' })
    expect(out).toBe('No problems in 1 file\n')
    expect(status).toBe(0)
  })
})

describe('standard input', () => {
  const broken = 'network N {\n  input image: [3, 4, 4]\n  output y = image -> conv(8, 7)\n}\n'

  test('is checked as -', async () => {
    const { status, out } = await cli.process(['check', '-'], { input: broken })
    expect(status).toBe(1)
    expect(out).toMatch(/^<stdin>:3:\d+ error\[window-exceeds-input\]/)
  })

  test('goes by the name that it is given, and imports from there', async () => {
    const input =
      'from "./blocks.cnn" import residual\nnetwork N {\n  input x: [4, 8, 8]\n  output y = x -> residual(4)\n}\n'
    const args = ['check', '-', '--stdin-filename', '../draft.cnn', '--format', 'json']
    const { status, out } = await cli(args, { input, cwd: 'nested' })
    expect(JSON.parse(out)).toEqual({ version: 1, files: [{ file: '../draft.cnn', diagnostics: [] }] })
    expect(status).toBe(0)
  })
})

describe('parameters and inputs from outside', () => {
  test('reach the analysis', async () => {
    expect((await cli(['check', 'lenet.cnn', '--input', 'image=1x8x8'])).status).toBe(1)
    expect((await cli(['check', 'lenet.cnn', '--input', 'image=[1, 64, 64]'])).status).toBe(0)
    expect((await cli(['check', 'lenet.cnn', '--set', 'classes=0'])).status).toBe(1)
  })

  test.each([
    [
      ['--set', 'clases=3'],
      "--set: no parameter is named 'clases'; did you mean 'classes'? (known: classes)",
    ],
    [['--input', 'x=3x8x8'], "--input: no input is named 'x' (known: image)"],
    [['--set', 'classes=1 +'], "--set: the value of 'classes' is not one of the language: '1 +'"],
    [['--input', 'image=3x'], "--input: the value of 'image' is not one of the language: '3x'"],
  ])('%j is refused', async (args, message) => {
    const { status, out, err } = await cli(['check', 'lenet.cnn', ...args])
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(message)
  })

  test('a name needs to be in one of the files only', async () => {
    expect((await cli(['check', 'lenet.cnn', 'residual.cnn', '--set', 'classes=7'])).status).toBe(0)
  })
})

test('a reader that goes away is no error', async () => {
  const child = spawn(process.execPath, [cli.program, 'layers', '--format', 'json'], { cwd: cli.folder })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text
  })
  child.stdout.destroy()
  await new Promise((resolve) => child.once('close', resolve))
  expect(err).toBe('')
})
