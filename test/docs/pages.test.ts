import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { GENERATED, generatedPages } from '../../scripts/docs/pages'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pages = generatedPages()

test('the generated pages are those that `npm run docs` writes', () => {
  const written = GENERATED.flatMap((folder) => {
    const path = join(root, folder)
    return existsSync(path) ? readdirSync(path).map((name) => `${folder}/${name}`) : []
  })
  expect(written.sort()).toEqual([...pages.keys()].sort())
  const stale = [...pages].filter(([path, text]) => readFileSync(join(root, path), 'utf8') !== text)
  expect(stale.map(([path]) => path)).toEqual([])
})

test('every link leads to a page', () => {
  for (const [path, text] of pages) {
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)\)/g)) {
      if (target.includes('://')) continue
      const page = join(dirname(path), target)
      expect([path, target, pages.has(page) || existsSync(join(root, page))]).toEqual([path, target, true])
    }
  }
})
