import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { useCli } from './helper'

const cli = useCli()
const UNTIDY = 'network  Untidy{\n input   image:[3,8,8]\n   output y=image->relu\n}\n'
const TIDY = 'network Untidy {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\n'

const read = (name: string) => readFileSync(join(cli.folder, name), 'utf8')

beforeEach(() => writeFileSync(join(cli.folder, 'untidy.cnn'), UNTIDY))

describe('files', () => {
  test('are written in place, and those that changed are named', async () => {
    const { status, out, err } = await cli(['format', 'untidy.cnn', 'lenet.cnn'])
    expect({ status, out, err }).toEqual({ status: 0, out: 'untidy.cnn\n', err: '' })
    expect(read('untidy.cnn')).toBe(TIDY)
    expect(await cli(['format', 'untidy.cnn'])).toEqual({ status: 0, out: '', err: '' })
  })

  test('stay as they are with --check, and fail it', async () => {
    const { status, out, err } = await cli(['format', '--check', 'untidy.cnn', 'lenet.cnn'])
    expect({ status, out, err }).toEqual({ status: 1, out: 'untidy.cnn\n', err: '1 file would change\n' })
    expect(read('untidy.cnn')).toBe(UNTIDY)
    expect((await cli(['format', '--check', 'lenet.cnn'])).status).toBe(0)
  })

  test('are found in folders', async () => {
    expect((await cli(['format', '--check', 'nested'])).status).toBe(0)
  })

  test('with a fault in the text are laid out around it', async () => {
    writeFileSync(join(cli.folder, 'half.cnn'), 'network  N{\n  x=image->conv(\n   y=x->relu\n}\n')
    expect((await cli(['format', 'half.cnn'])).status).toBe(0)
    expect(read('half.cnn')).toMatch(/^network N \{\n/)
    expect(read('half.cnn')).toContain('x=image->conv(')
  })

  test('keep a byte order mark', async () => {
    writeFileSync(join(cli.folder, 'marked.cnn'), `\uFEFF${UNTIDY}`)
    await cli(['format', 'marked.cnn'])
    expect(read('marked.cnn')).toBe(`\uFEFF${TIDY}`)
  })

  test('that are not there end with status 2', async () => {
    const { status, err } = await cli(['format', 'missing.cnn', 'untidy.cnn'])
    expect([status, err]).toEqual([2, "cnnlint: no file or folder is named 'missing.cnn'\n"])
    expect(read('untidy.cnn')).toBe(TIDY)
  })
})

describe('standard input', () => {
  test('goes to standard output', async () => {
    expect(await cli.process(['format', '-'], { input: UNTIDY })).toEqual({ status: 0, out: TIDY, err: '' })
  })

  test('is only judged with --check', async () => {
    expect(await cli(['format', '-', '--check'], { input: UNTIDY })).toEqual({ status: 1, out: '', err: '' })
    expect(await cli(['format', '-', '--check'], { input: TIDY })).toEqual({ status: 0, out: '', err: '' })
  })

  test('stands alone', async () => {
    const { status, err } = await cli(['format', '-', 'untidy.cnn'], { input: UNTIDY })
    expect(status).toBe(2)
    expect(err).toContain('- stands alone')
  })
})
