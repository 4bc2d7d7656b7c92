import { linesOf } from '../../../grammar/positions'
import type { Range, SourceFile } from '../../../grammar/tree'
import type { Analysis } from '../check/analysis'
import { closest, suggestion } from '../check/words'
import { removeLines } from '../fixes/flow-text'
import { removeItem } from '../fixes/list-text'
import type { Problem } from '../model/problem'
import { rule } from './frame/rule'
import { type Directive, directivesFor, directivesOf } from './read/directives'

interface Unused {
  readonly directive: Directive
  /** The code that is at fault; absent in a comment that names none. */
  readonly code?: Directive['codes'][number]
  /** Where no rule has the code: the rules with codes like it. */
  readonly suggestions?: readonly string[]
}

export const unusedSilence = rule<Unused>({
  code: 'unused-silence',
  category: 'Language',
  severity: 'warning',
  title: 'A comment that silences a rule which finds nothing there',
  explanation: [
    'A comment that silences a rule says that the finding was seen and accepted. When the network has changed and',
    'there is no finding any more, the comment misleads, and would hide the next one. The same goes for a code that no',
    'rule has; errors are not found by rules and can’t be silenced. In a block that no network of the file runs, or',
    'that other files import, a comment may serve those files and is left alone.',
  ].join('\n'),
  source: 'The practice of other linters: ESLint’s `--report-unused-disable-directives`',
  example:
    'network N {\n  input image: [3, 32, 32]\n  # cnnlint-disable-next-line stride-drops-pixels\n  output y = image -> conv(16, 3, padding=1) -> relu\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(16, 3, padding=1) -> relu\n}\n',
  unnecessary: true,
  last: true,
  words: ({ directive, code, suggestions }) => {
    const where = directive.line === undefined ? 'in this file' : 'on the line below'
    if (suggestions !== undefined) {
      return {
        what: `no rule has the code \`${code?.code}\``,
        why: 'only what rules find can be silenced; errors can’t',
        todo: suggestion(suggestions) ?? 'remove it',
      }
    }
    const what =
      code === undefined ? 'this comment silences nothing' : `\`${code.code}\` silences nothing here`
    const why = `${code === undefined ? 'no rule' : 'the rule'} finds nothing ${where}`
    return { what, why, todo: 'remove it' }
  },
  check({ analysis, importers, unseen, others }, report) {
    const { file: tree, uri: file } = analysis
    // Behind an error nothing is known, so that rules may find more once it is fixed.
    const isOpen = analysis.problems.some(({ severity }) => severity === 'error')
    const directives = directivesOf(tree)
    if (directives.length === 0) return
    const silenced = silencedBy(analysis, others.found)
    const isForOthers = servesOthers(analysis, importers, unseen !== undefined)
    for (const directive of directives) {
      const codes = silenced.get(directive)
      const mayServeOthers = isOpen || isForOthers(directive)
      if (directive.codes.length === 0 && !mayServeOthers && codes === undefined) {
        report({ place: { file, range: directive }, data: { directive } })
      }
      for (const code of directive.codes) {
        const place = { file, range: code }
        if (!others.codes.includes(code.code)) {
          report({ place, data: { directive, code, suggestions: closest(code.code, others.codes) } })
        } else if (others.ran.has(code.code) && !mayServeOthers && !codes?.has(code.code)) {
          report({ place, data: { directive, code } })
        }
      }
    }
  },
  fixes: ['certain', 'same-network', 'choice'],
  fix: function* ({ analysis: { file: tree, uri: file } }, { directive, code, suggestions = [] }) {
    for (const text of code ? suggestions : []) {
      const edits = [{ start: code?.start ?? 0, end: code?.end ?? 0, text }]
      const isOnly = suggestions.length === 1
      yield { action: `Write ${text}`, file, edits, class: isOnly ? 'certain' : 'choice', shows: null }
    }
    const edit =
      code && directive.codes.length > 1 ? removeItem(directive.codes, code) : removal(directive, tree)
    const action = `Remove ${code?.code ?? 'the comment'}`
    yield { action, file, edits: [edit], class: 'same-network', shows: null }
  },
})

function removal({ start, end }: Range, tree: SourceFile) {
  return removeLines(tree, { start, end })
}

/** The codes of the problems that each comment silences. */
function silencedBy({ uri, file: tree }: Analysis, found: readonly Problem[]) {
  const silenced = new Map<Directive, Set<string>>()
  for (const problem of found) {
    for (const place of [problem, problem.origin]) {
      if (place?.file !== uri) continue
      for (const directive of directivesFor(tree, problem.code, place.range.start)) {
        const codes = silenced.get(directive)
        if (codes) codes.add(problem.code)
        else silenced.set(directive, new Set([problem.code]))
      }
    }
  }
  return silenced
}

/** Tells whether a comment is for a block that the file does not run itself, or that others run with other tensors. */
function servesOthers(
  analysis: Analysis,
  importers: readonly Analysis[],
  hasUnseen: boolean,
): (directive: Directive) => boolean {
  const { file: tree, networks, uri } = analysis
  const ran = new Set(networks.flatMap(({ runs }) => runs.map(({ frame }) => frame.declaration)))
  const isImported = hasUnseen || importers.some(({ files }) => files.has(uri))
  const blocks = tree.items.filter((item) => item.kind === 'block' && (!ran.has(item) || isImported))
  return ({ line }) => {
    const range = line === undefined ? tree : linesOf(tree).line(line)
    return blocks.some((block) => block.start <= range.end && range.start <= block.end)
  }
}
