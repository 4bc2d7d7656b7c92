import { lineIndex } from '../../grammar/positions'
import type { Range } from '../../grammar/tree'
import type { Host } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import type { View } from '../../server/src/features/support/view'
import { DEFAULT_LINT } from '../../server/src/lint/settings'
import { dedent } from '../helpers/annotations'

/** Files by name, one of them with the cursor's mark `$0`; a single text is the file `test.cnn`. */
export type Sources = string | Readonly<Record<string, string>>

/** What a feature test starts from: the view of the file with the mark, and the mark's offset. */
export interface Marked {
  readonly view: View
  readonly offset: number
  /** From the mark on, or what stands between `«` and `»`. */
  readonly selection: Range
  readonly host: Host
  /** The file's text without the mark. */
  readonly text: string
}

const MARK = /\$0|«/

/** Analyses the file with the mark and all files of the test that import it. */
export function marked(sources: Sources): Marked {
  const written = typeof sources === 'string' ? { 'test.cnn': sources } : sources
  const texts = Object.entries(written).map(([name, text]) => [name, dedent(text)] as const)
  const [file, source] = texts.find(([, text]) => MARK.test(text)) ?? []
  if (file === undefined || source === undefined) throw new Error('No file has the mark $0 or a selection.')
  const plain = (text: string) => text.replace(/\$0|«|»/, '').replace('»', '')
  const host = memoryHost(Object.fromEntries(texts.map(([name, text]) => [name, plain(text)])))
  const view = viewOf(
    host,
    file,
    texts.map(([name]) => name),
  )
  const offset = source.search(MARK)
  const end = source.includes('«') ? source.indexOf('»') - 1 : offset
  return { view, host, offset, selection: { start: offset, end }, text: view.analysis.file.text }
}

/** The view of a file among others, of which those are analysed too that import it. */
export function viewOf(host: Host, file: string, files: readonly string[]): View {
  const importers = files
    .filter((name) => name !== file)
    .map((name) => analyze(name, host))
    .filter((other) => other.files.has(file))
  const lines = (name: string) => lineIndex(host.file(name)?.text ?? '')
  const analysis = analyze(file, host)
  return {
    analysis,
    importers,
    lint: DEFAULT_LINT,
    ignored: false,
    isOpen: true,
    lines,
    resolve: host.resolve,
  }
}

/** The same for a feature about a whole file: the first one. */
export function viewed(sources: Sources): Marked {
  const written = typeof sources === 'string' ? { 'test.cnn': sources } : sources
  const [[first, text] = ['', ''], ...others] = Object.entries(written)
  return marked({ [first]: `$0${dedent(text)}`, ...Object.fromEntries(others) })
}
