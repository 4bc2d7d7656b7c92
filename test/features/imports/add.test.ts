import { expect, test } from 'vitest'
import { analyze } from '../../../server/src/check/analyze'
import { importFixes } from '../../../server/src/features/imports/add'
import { hostOf } from '../../../server/src/features/navigation/workspace'
import { applyEdits } from '../../../server/src/model/problem'
import { dedent } from '../../helpers/annotations'
import { workspaceOf } from '../navigation/workspace'

const BLOCKS = 'WIDTH = 8\nblock unit(x: tensor) { return x -> conv(WIDTH, 1) }\n'

/** The imports offered for the first name that `test.cnn` lacks, and the text that each makes. */
function imports(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, dedent(text)]))
  const workspace = workspaceOf(texts)
  const host = hostOf(workspace)
  const analysis = analyze('test.cnn', host)
  const problem = analysis.problems.find(({ code }) => code.startsWith('unknown-'))
  if (problem === undefined) throw new Error('No name is unknown.')
  const fixes = importFixes(workspace, { analysis, host, problem })
  return Object.fromEntries(
    fixes.map(({ title, file, edits }) => [title, applyEdits(texts[file] as string, edits)]),
  )
}

test('a name that another file declares is imported above the first declaration', () => {
  const net = (above: string) => `
    ## A net.

    ${above}# Small.
    ## The documentation.
    network N {
      input image: [3, 8, 8]
      output y = image -> unit
    }
  `
  expect(imports({ 'test.cnn': net(''), 'lib/blocks.cnn': BLOCKS })).toEqual({
    'Import unit from "./lib/blocks.cnn"': dedent(net('from "./lib/blocks.cnn" import unit\n\n    ')),
  })
})

test('it is added to an import of the same file, else below the other imports', () => {
  const rest = 'block b(x: tensor) { return x -> two -> conv(WIDTH, 1) }\n'
  expect(
    imports({
      'test.cnn': `from "./one.cnn" import two   # here\n${rest}`,
      'blocks.cnn': BLOCKS,
      'one.cnn': 'block two(x: tensor) { return x }\n',
    }),
  ).toEqual({
    'Import WIDTH from "./blocks.cnn"': `from "./one.cnn" import two   # here\nfrom "./blocks.cnn" import WIDTH\n${rest}`,
  })
  expect(
    imports({
      'test.cnn': `from "./blocks.cnn" import unit as two\n${rest}`,
      'blocks.cnn': BLOCKS,
    }),
  ).toEqual({
    'Import WIDTH from "./blocks.cnn"': `from "./blocks.cnn" import unit as two, WIDTH\n${rest}`,
  })
})

test('the nearest file comes first; what imports this file, or only imports the name, is left out', () => {
  const offered = imports({
    'test.cnn': 'block b(x: tensor) { return x -> unit }\n',
    'far/away/blocks.cnn': BLOCKS,
    'near.cnn': BLOCKS,
    'also.cnn': BLOCKS,
    'circle.cnn': `from "./test.cnn" import b\n${BLOCKS}`,
    'through.cnn': 'from "./near.cnn" import unit\nx = unit\n',
  })
  expect(Object.keys(offered)).toEqual([
    'Import unit from "./also.cnn"',
    'Import unit from "./near.cnn"',
    'Import unit from "./far/away/blocks.cnn"',
  ])
})

test('what does not fix the problem is not offered', () => {
  expect(
    imports({
      'test.cnn': 'network N {\n  input image: [3, 8, 8]\n  output y = image -> unit(3, 4)\n}\n',
      'blocks.cnn': 'unit(\nblock unix(x: tensor) { return x }\n',
    }),
  ).toEqual({})
})
