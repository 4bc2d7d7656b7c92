import type { Binding } from '../check/references'
import { removeLines } from '../fixes/flow-text'
import { removeItem } from '../fixes/list-text'
import { rule } from './frame/rule'
import { unreadBindings } from './read/unread'

interface Unused {
  readonly binding: Binding
}

export const unusedImport = rule<Unused>({
  code: 'unused-import',
  category: 'Language',
  severity: 'warning',
  title: 'An imported name that the file never uses',
  explanation:
    'What a file imports cannot be imported from it in turn, so an import that the file itself does not use has no effect.',
  source: 'Parnas 1972: a module should depend on what it uses, and on nothing else',
  example:
    'from "./blocks.cnn" import unit\n\nnetwork N {\n  input image: [3, 32, 32]\n  output y = image -> conv(16, 3, padding=1) -> relu\n}\n',
  instead:
    'from "./blocks.cnn" import unit\n\nnetwork N {\n  input image: [3, 32, 32]\n  output y = image -> conv(16, 3, padding=1) -> unit\n}\n',
  unnecessary: true,
  words: ({ binding: { name } }) => ({
    what: `\`${name}\` is imported and never used`,
    why: 'no other file can import it from here',
    todo: 'remove it from the import',
  }),
  check({ analysis }, report) {
    const { uri: file, problems } = analysis
    const imports = analysis.file.items.filter(({ kind }) => kind === 'import')
    for (const { binding } of unreadBindings(analysis, ['import'])) {
      const around = imports.find(({ start, end }) => start <= binding.node.start && binding.node.end <= end)
      // An import that fails has its problem already.
      if (problems.some(({ range }) => around && around.start <= range.start && range.end <= around.end))
        continue
      report({ place: { file, range: binding.node }, data: { binding } })
    }
  },
  fixes: ['same-network'],
  fix: function* ({ analysis: { file, uri } }, { binding }) {
    for (const item of file.items) {
      if (item.kind !== 'import' || !item.names.some((each) => each === binding.node)) continue
      const edit = item.names.length > 1 ? removeItem(item.names, binding.node) : removeLines(file, item)
      yield { action: `Remove the import of ${binding.name}`, file: uri, edits: [edit], shows: null }
    }
  },
})
