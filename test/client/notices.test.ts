import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as esbuild from 'esbuild'
import { expect, test } from 'vitest'
import { bundles } from '../../scripts/build.mjs'
import { NOTICES, noticesOf } from '../../scripts/notices.mjs'
import { root } from '../../scripts/process.mjs'

test('the licence of each package in a bundle goes with it', async () => {
  const cli = bundles.filter(({ entryPoints }) => Object.keys(entryPoints ?? {}).includes('cli'))
  const results = await Promise.all(
    cli.map((options) => esbuild.build({ ...options, metafile: true, write: false, sourcemap: false })),
  )
  const text = noticesOf(results)
  for (const title of [
    'chevrotain 11',
    '@chevrotain/utils 11',
    'jsonc-parser 3',
    'picomatch 4',
    'lodash-es 4',
  ]) {
    expect(text).toMatch(new RegExp(`^${title}\\S* \\(`, 'm'))
  }
  expect(text).toContain('Apache License')
  expect(text).not.toMatch(/^(?:esbuild|vitest|typescript) /m)
})

test('the notices are in the package', () => {
  const kept = readFileSync(join(root, '.vscodeignore'), 'utf8').split('\n')
  expect(kept).toContain(`!dist/${NOTICES}`)
})
