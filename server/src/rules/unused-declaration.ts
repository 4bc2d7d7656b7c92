import type { Analysis } from '../check/analysis'
import type { Binding } from '../check/references'
import { removeLines } from '../fixes/flow-text'
import { rule } from './frame/rule'
import { unreadBindings } from './read/unread'

interface Unused {
  readonly binding: Binding
}

export const unusedDeclaration = rule<Unused>({
  code: 'unused-declaration',
  category: 'Language',
  severity: 'warning',
  title: 'A block or constant that nothing uses',
  explanation: [
    'In a file that declares networks, blocks and constants are there for them, or for files that import them. A',
    'block or constant that none of them uses is left over, or its use was forgotten. A file without networks is a',
    'library: everything that it declares may be used elsewhere.',
  ].join('\n'),
  source: 'Aho, Lam, Sethi & Ullman 2006, §9.1.6: dead code computes values that never get used',
  example:
    'block wide(x: tensor) { return x -> conv(64, 3, padding=1) }\n\nnetwork N {\n  input image: [3, 32, 32]\n  output y = image -> conv(16, 3, padding=1) -> relu\n}\n',
  instead:
    'block wide(x: tensor) { return x -> conv(64, 3, padding=1) }\n\nnetwork N {\n  input image: [3, 32, 32]\n  output y = image -> wide -> relu\n}\n',
  unnecessary: true,
  words: ({ binding: { name, kind } }) => ({
    what: `the ${kind} \`${name}\` is never used`,
    why: 'no file that is known imports it either',
    todo: 'use it, remove it, or let its name start with `_`',
  }),
  check({ analysis, importers, unseen }, report) {
    if (unseen === 'any') return
    if (!analysis.file.items.some(({ kind }) => kind === 'network')) return
    for (const { binding } of unreadBindings(analysis, ['block', 'constant'])) {
      // A block with an example is there to be looked at, or to be copied.
      if (binding.node.kind === 'block' && analysis.executed.has(binding.node.body)) continue
      if (unseen?.includes(binding.name)) continue
      if (importers.some((other) => imports(other, analysis, binding))) continue
      report({ place: { file: analysis.uri, range: binding.identifier }, data: { binding } })
    }
  },
  // A file that nobody knows of may import it.
  fixes: ['choice'],
  fix: function* ({ analysis: { file, uri } }, { binding: { node, name } }) {
    if (node.kind !== 'block' && node.kind !== 'constant') return
    const edit = removeLines(file, { start: node.doc?.start ?? node.start, end: node.end })
    const blank = /^[ \t]*\n/.exec(file.text.slice(edit.end))?.[0].length ?? 0
    yield { action: `Remove ${name}`, file: uri, edits: [{ ...edit, end: edit.end + blank }], shows: null }
  },
})

/** Whether one of an importer's files may import the declaration: the path alone does not say its file's name. */
function imports(importer: Analysis, { uri }: Analysis, { name }: Binding): boolean {
  if (!importer.files.has(uri)) return false
  return [...importer.files.values()].some(({ items }) =>
    items.some((item) => item.kind === 'import' && item.names.some((each) => each.name.name === name)),
  )
}
