import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useCli } from './helper'

const cli = useCli()

test('init writes a configuration that has no mistake and changes nothing', async () => {
  mkdirSync(join(cli.folder, 'fresh'))
  expect(await cli(['init', 'fresh'])).toEqual({ status: 0, out: 'fresh/cnnlint.config.json\n', err: '' })
  const text = readFileSync(join(cli.folder, 'fresh/cnnlint.config.json'), 'utf8')
  expect(text).toContain('"$schema": "https://')
  // What is commented out is right as well.
  const open = text.replace(/^(\s*)\/\/ (?=["{])(.*)$/gm, '$1$2')
  const printed = async () => JSON.parse((await cli(['check', '--print-config', 'fresh/a.cnn'])).out)
  const standard = JSON.parse((await cli(['check', '--print-config', 'a.cnn'])).out)
  expect((await printed()).rules).toEqual(standard.rules)
  writeFileSync(join(cli.folder, 'fresh/cnnlint.config.json'), open)
  expect((await printed()).rules['stride-drops-pixels']).toBe('off')
  expect((await printed()).rules['large-kernel']).toEqual(['warning', { saving: 0.3 }])
})

test('init leaves a configuration that is there as it is', async () => {
  mkdirSync(join(cli.folder, 'settled'))
  const path = join(cli.folder, 'settled/cnnlint.config.json')
  writeFileSync(path, '{}')
  const { status, out, err } = await cli(['init'], { cwd: 'settled' })
  expect([status, out]).toEqual([2, ''])
  expect(err).toBe("cnnlint: 'cnnlint.config.json' is there already and stays as it is\n")
  expect(readFileSync(path, 'utf8')).toBe('{}')
  expect((await cli(['init', 'nowhere'])).err).toContain("there is no folder 'nowhere'")
})
