import { lineIndex } from '../../grammar/positions'
import type { Host } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import type { View } from '../../server/src/features/view'
import { DEFAULT_LINT } from '../../server/src/rules/frame/settings'
import { dedent } from '../helpers/annotations'

/** Files by name, one of them with the cursor's mark `$0`; a single text is the file `test.cnn`. */
export type Sources = string | Readonly<Record<string, string>>

/** What a feature test starts from: the view of the file with the mark, and the mark's offset. */
export interface Marked {
  readonly view: View
  readonly offset: number
  readonly host: Host
  /** The file's text without the mark. */
  readonly text: string
}

/** Analyses the file with the mark and all files of the test that import it. */
export function marked(sources: Sources): Marked {
  const written = typeof sources === 'string' ? { 'test.cnn': sources } : sources
  const texts = Object.entries(written).map(([name, text]) => [name, dedent(text)] as const)
  const [file, source] = texts.find(([, text]) => text.includes('$0')) ?? []
  if (file === undefined || source === undefined) throw new Error('No file has the mark $0.')
  const host = memoryHost(Object.fromEntries(texts.map(([name, text]) => [name, text.replace('$0', '')])))
  const analysis = analyze(file, host)
  const importers = texts
    .map(([name]) => name)
    .filter((name) => name !== file)
    .map((name) => analyze(name, host))
    .filter(({ files }) => files.has(file))
  const lines = (name: string) => lineIndex(host.file(name)?.text ?? '')
  const view = { analysis, importers, lint: DEFAULT_LINT, ignored: false, lines, resolve: host.resolve }
  return { view, host, offset: source.indexOf('$0'), text: analysis.file.text }
}

/** The same for a feature about a whole file: the first one. */
export function viewed(sources: Sources): Marked {
  const written = typeof sources === 'string' ? { 'test.cnn': sources } : sources
  const [[first, text] = ['', ''], ...others] = Object.entries(written)
  return marked({ [first]: `$0${dedent(text)}`, ...Object.fromEntries(others) })
}
