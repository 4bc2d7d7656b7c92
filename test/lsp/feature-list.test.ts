import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'

const SOURCE = resolve(import.meta.dirname, '../../server/src')
const SUPPORT = join(SOURCE, 'features/support')

/** The files that a file imports, without their extension. */
function imports(file: string): readonly string[] {
  const found = readFileSync(file, 'utf8').matchAll(/ from '(\.[^']+)'/g)
  return [...found].map(([, target = '']) => resolve(dirname(file), target))
}

const filesIn = (folder: string) => globSync('**/*.ts', { cwd: join(SOURCE, folder), absolute: true })

test('every registration of a feature is in the list of them', () => {
  const folder = join(SOURCE, 'lsp/features')
  const listed = imports(join(folder, 'index.ts')).map((file) => `${basename(file)}.ts`)
  const written = readdirSync(folder).filter((name) => name !== 'index.ts')
  expect(listed.sort()).toEqual(written.sort())
})

/** What the command line alone has so far. */
const UNSERVED = ['model-check']

test('every feature is served to editors', () => {
  const served = new Set(filesIn('lsp').flatMap(imports))
  const features = readdirSync(join(SOURCE, 'features')).map((name) => name.replace(/\.ts$/, ''))
  const unserved = features.filter((name) => {
    const feature = join(SOURCE, 'features', name)
    return ![...served].some((file) => file === feature || file.startsWith(`${feature}/`))
  })
  expect(unserved).toEqual(UNSERVED)
})

test('what the features share knows none of them', () => {
  const features = join(SOURCE, 'features')
  const wrong = filesIn('features/support').flatMap((file) =>
    imports(file)
      .filter((target) => target.startsWith(`${features}/`) && !target.startsWith(`${SUPPORT}/`))
      .map((target) => `${basename(file)} → ${relative(features, target)}`),
  )
  expect(wrong).toEqual([])
})
