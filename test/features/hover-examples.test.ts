import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import type { MarkupContent } from 'vscode-languageserver-types'
import { lineIndex } from '../../grammar/positions'
import { walk } from '../../grammar/walk'
import { analyze } from '../../server/src/check/analyze'
import { textHost } from '../../server/src/check/host'
import { hover } from '../../server/src/features/hover'
import { DEFAULT_SETTINGS } from '../../server/src/features/support/settings'
import { DEFAULT_LINT } from '../../server/src/lint/settings'
import { sampled } from '../helpers/sample'

const root = join(import.meta.dirname, '../../examples')
const files = globSync('**/*.cnn', { cwd: root }).sort()

test.each(sampled(files, 8))('every name in examples/%s has something to show', (file) => {
  const host = textHost((name) => readFileSync(name, 'utf8'))
  const analysis = analyze(join(root, file), host)
  const lines = lineIndex(analysis.file.text)
  const known = {
    lint: DEFAULT_LINT,
    ignored: false,
    isOpen: true,
    lines: () => lines,
    resolve: host.resolve,
  }
  const view = { analysis, importers: [], ...known }
  const silent: string[] = []
  walk(analysis.file, (node) => {
    if (node.kind !== 'name' && node.kind !== 'identifier') return
    const shown = hover(view, node.start, DEFAULT_SETTINGS.hover)?.contents as MarkupContent | undefined
    const { line } = lines.position(node.start)
    if (shown === undefined) silent.push(`${line + 1}: ${node.name}`)
    else expect(shown.value, `line ${line + 1}, ${node.name}`).not.toMatch(/undefined|NaN|\[object|Infinity/)
  })
  // The name of a type says all that there is to say.
  expect(silent.filter((each) => !/: (tensors?|layer|int|float|bool|size|string)$/.test(each))).toEqual([])
})
