import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../server/src/features/support/settings'

const root = join(import.meta.dirname, '../..')
const names = readdirSync(join(root, 'docs/editors'))
const pages = new Map(
  ['docs/protocol.md', ...names.map((name) => `docs/editors/${name}`)].map((path) => [
    path,
    readFileSync(join(root, path), 'utf8'),
  ]),
)
const index = pages.get('docs/editors/README.md') ?? ''

/** The names of headings as links know them. */
const anchors = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'))

test('every link of the pages leads to a page, and to a heading of it', () => {
  for (const [path, text] of pages) {
    for (const [, target = '', anchor] of text.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)) {
      if (target.includes('://')) continue
      const file = target === '' ? join(root, path) : join(root, dirname(path), target)
      expect([path, target, existsSync(file)]).toEqual([path, target, true])
      if (anchor !== undefined) expect(anchors(readFileSync(file, 'utf8'))).toContain(anchor)
    }
  }
})

test('the index leads to the page of each editor, and each page starts the server', () => {
  for (const name of names.filter((name) => name !== 'README.md')) {
    expect(index).toContain(`](${name})`)
    const page = pages.get(`docs/editors/${name}`)
    for (const word of ['cnnlint', 'lsp', '--stdio']) expect(page).toMatch(new RegExp(`['"]${word}['"]`))
  }
})

test('the index lists the settings with their defaults', () => {
  const rows = [...index.matchAll(/^\| `([\w.]+)` \| `([^`]+)` \|/gm)]
  const listed = rows.map(([, name, value = '']) => [name, JSON.parse(value)])
  const settings = Object.entries(DEFAULT_SETTINGS).flatMap(([section, values]) =>
    Object.entries(values).map(([name, value]) => [`${section}.${name}`, value]),
  )
  expect(listed).toEqual(settings)
})
