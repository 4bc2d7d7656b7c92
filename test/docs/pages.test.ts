import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { EXAMPLES_PAGE } from '../../scripts/docs/examples'
import { GENERATED, generatedPages } from '../../scripts/docs/pages'
import { analysisOf, EXAMPLES } from '../zoo/examples'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pages = generatedPages()

test('the generated pages are those that `npm run docs` writes', () => {
  const written = GENERATED.flatMap((folder) => {
    const path = join(root, folder)
    return existsSync(path) ? readdirSync(path).map((name) => `${folder}/${name}`) : []
  })
  expect([...written, EXAMPLES_PAGE].sort()).toEqual([...pages.keys()].sort())
  const stale = [...pages].filter(([path, text]) => textAt(path) !== text)
  expect(stale.map(([path]) => path)).toEqual([])
})

function textAt(path: string): string | undefined {
  const file = join(root, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

test('every link leads to a page', () => {
  for (const [path, text] of pages) {
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (target.includes('://')) continue
      const page = join(dirname(path), target)
      expect([path, target, pages.has(page) || existsSync(join(root, page))]).toEqual([path, target, true])
    }
  }
})

test('the page of the examples has a row for every network, which leads to its line', () => {
  const rows = [...(pages.get(EXAMPLES_PAGE) ?? '').matchAll(/^\| \[(\w+)\]\((.+?)#L(\d+)\) \|/gm)]
  const linked = rows.map(([, name, path, line]) => {
    const text = readFileSync(join(root, 'examples', path ?? ''), 'utf8').split('\n')[Number(line) - 1]
    return `${path} ${/^network (\w+)/.exec(text ?? '')?.[1] === name ? name : `not ${name}: ${text}`}`
  })
  const networks = EXAMPLES.flatMap((path) => analysisOf(path).networks.map(({ name }) => `${path} ${name}`))
  expect(linked.sort()).toEqual(networks.sort())
})

test('a row of the examples states what the analysis found, and the paper of the documentation', () => {
  const rows = (pages.get(EXAMPLES_PAGE) ?? '').split('\n')
  const row = (name: string) =>
    rows
      .find((line) => line.startsWith(`| [${name}]`))
      ?.split(' | ')
      .slice(1)
  expect(row('ResNet50')).toEqual([
    '2016',
    'He et al.',
    '3×224×224 → 1000',
    '25,557,032',
    '4.09G',
    'global (427×427)',
    '54',
    '50 |',
  ])
  expect(row('LeNet5')?.[3]).toBe('60,000 + 840 fixed')
  // The second paper of its file, whose year the documentation of the network names.
  expect(row('Darknet53')?.slice(0, 2)).toEqual(['2018', 'Redmon & Farhadi'])
})
