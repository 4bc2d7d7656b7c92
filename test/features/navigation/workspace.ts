import type { Range as LspRange } from 'vscode-languageserver-types'
import { lineIndex } from '../../../grammar/positions'
import { memoryHost } from '../../../server/src/check/host'
import type { Workspace } from '../../../server/src/features/navigation/workspace'
import { dedent } from '../../helpers/annotations'
import type { Sources } from '../view'

/** A workspace of these files, and the place of the mark `$0` in one of them. */
export interface MarkedWorkspace {
  readonly workspace: Workspace
  readonly file: string
  readonly offset: number
}

export function markedWorkspace(sources: Sources): MarkedWorkspace {
  const written = typeof sources === 'string' ? { 'test.cnn': sources } : sources
  const texts = Object.entries(written).map(([name, text]) => [name, dedent(text)] as const)
  const [file, source] = texts.find(([, text]) => text.includes('$0')) ?? []
  if (file === undefined || source === undefined) throw new Error('No file has the mark $0.')
  const workspace = workspaceOf(
    Object.fromEntries(texts.map(([name, text]) => [name, text.replace('$0', '')])),
  )
  return { workspace, file, offset: source.indexOf('$0') }
}

export function workspaceOf(texts: Readonly<Record<string, string>>): Workspace {
  const host = memoryHost(texts)
  const files = new Map(
    Object.keys(texts).flatMap((name) => {
      const tree = host.file(name)
      return tree ? [[name, tree] as const] : []
    }),
  )
  return { files, resolve: host.resolve, lines: (name) => lineIndex(host.file(name)?.text ?? '') }
}

/** A place that a feature answers with, and a mark to be written before it. */
export interface Answer {
  readonly uri: string
  readonly range: LspRange
  readonly mark?: string
}

/** The lines with the places as `<name>`, each with its file and its number from 1: `test.cnn:3 y = <x> -> relu`. */
export function shown({ files, lines }: Workspace, answers: readonly Answer[]): readonly string[] {
  const found: string[] = []
  for (const [file, { text }] of files) {
    const index = lines(file)
    for (const [number, line] of text.split('\n').entries()) {
      const marks = answers
        .filter(({ uri, range }) => uri === file && range.start.line === number)
        .flatMap(({ range, mark = '' }) => {
          const end = index.position(index.offset(range.end))
          const stop = end.line === number ? end.character : line.length
          return [
            { at: stop, text: end.line === number ? '>' : '…>' },
            { at: range.start.character, text: `${mark}<` },
          ]
        })
        .sort((a, b) => b.at - a.at)
      if (marks.length === 0) continue
      const marked = marks.reduce((all, { at, text }) => all.slice(0, at) + text + all.slice(at), line)
      found.push(`${file}:${number + 1} ${marked.trim()}`)
    }
  }
  return found
}
