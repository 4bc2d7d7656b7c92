import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { format } from '../../grammar/format'
import { root } from '../../scripts/process.mjs'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { codeActions } from '../../server/src/features/code-actions'
import { hover } from '../../server/src/features/hover'
import { DEFAULT_SETTINGS } from '../../server/src/features/support/settings'
import { findings } from '../../server/src/lint/findings'
import { findRule } from '../../server/src/rules/index'
import { marked } from '../features/view'

// What the walkthrough shows is what a user will see.

const folder = join(root, 'media', 'walkthrough')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const fences = (name: string, language: string) =>
  [...read(name).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text = '']) => text,
  )
const linesOf = (svg: string) =>
  [...read(svg).matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text = '']) =>
    text
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&gt;', '>')
      .replace(/^• /, ''),
  )

const pages = readdirSync(folder).filter((name) => name.endsWith('.md'))
const networks = pages.flatMap((page) => fences(page, 'cnn').map((text) => [page, text] as const))

test.each(networks)('the network in %s is right', (_, text) => {
  const analysis = analyze('test.cnn', memoryHost({ 'test.cnn': text }))
  expect([...analysis.problems, ...findings(analysis)].map(({ message }) => message)).toEqual([])
  expect(format(text)).toBe(text)
})

/** The network of the first step with a line changed, and the cursor in it. */
const changed = (line: RegExp, by: string) => marked((fences('write.md', 'cnn')[0] ?? '').replace(line, by))

test('the hover shows what the picture says', () => {
  const [first, second, ...shown] = linesOf('hover.svg')
  const { view, offset, text } = changed(/conv\(32, 3/, 'c$0onv(32, 3')
  expect(text).toContain(`${first}\n${second}\n`)
  const contents = JSON.stringify(hover(view, offset, DEFAULT_SETTINGS.hover)?.contents)
  for (const line of shown) expect(contents).toContain(line)
})

test('the mistake and its fixes are those in the picture', () => {
  const [first, second, ...shown] = linesOf('fix.svg')
  const { view, host, offset, text } = changed(/conv\(32, 3, padding=1\)/, 'conv(32, $015)')
  expect(text).toContain(`${first}\n${second}\n`)
  const position = view.lines('test.cnn').position(offset)
  const actions = codeActions(view, host, {
    range: { start: position, end: position },
    only: undefined,
    diagnostics: [],
  })
  const titles = [...actions].map(({ title }) => title)
  const messages = view.analysis.problems.map(({ message }) => message)
  expect([...titles.slice(0, 2), ...messages].join(' ')).toBe(shown.join(' '))
})

test('the budget that does not hold has the message of the page', () => {
  const text = fences('budget.md', 'cnn')[0]?.replace('60K', '50K') ?? ''
  const [problem] = analyze('test.cnn', memoryHost({ 'test.cnn': text })).problems
  expect(read('budget.md')).toContain(`\n> ${problem?.message}\n`)
  const [configuration = '{}'] = fences('budget.md', 'json')
  for (const [code, [, options]] of Object.entries<[string, object]>(JSON.parse(configuration).rules)) {
    expect(Object.keys(findRule(code)?.options ?? {})).toEqual(expect.arrayContaining(Object.keys(options)))
  }
})
