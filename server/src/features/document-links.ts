import type { DocumentLink } from 'vscode-languageserver-types'
import { wordsOf } from './support/markdown'
import { toRange, type View } from './support/view'

/** The paths of imports as links to the files that they name; one that is not there is a problem, not a link. */
export function documentLinks({ analysis, lines, resolve }: View): DocumentLink[] {
  const { file, files, uri } = analysis
  return file.items.flatMap((item): DocumentLink[] => {
    if (item.kind !== 'import') return []
    const { path } = item
    const target = resolve(uri, path.value)
    const imported = files.get(target)
    if (path.value === '' || imported === undefined) return []
    // The quotes are not a part of the path.
    const range = toRange(lines(uri), { start: path.start + 1, end: path.end - 1 })
    // VS Code shows it as Markdown, other editors as it is.
    const tooltip = wordsOf(imported.doc?.text.split('\n')[0] ?? '') || wordsOf(path.value)
    return [{ range, target, tooltip }]
  })
}
