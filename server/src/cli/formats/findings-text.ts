/** Findings for people: what is wrong, the line that it stands on, why, and what helps. */
import { pageUrl } from '../../lint/codes'
import { asSentence } from '../../model/words'
import type { ReportedProblem } from '../findings'
import { printable } from '../printable'
import type { Output } from '../terminal'
import { displayWidth, wrap } from '../width'
import { SEVERITY_COLOURS } from './severities'
import { snippet } from './snippet'

/** How wide a source line may be where no terminal says how wide it is, in columns. */
const WIDEST_SOURCE = 160

/** No terminal is taken to be narrower than this. */
const NARROWEST = 40

/**
 * The findings in their order, with an empty line after each. A source line stands under the first finding on
 * it, the address of a page under the first finding that it explains.
 */
export function findingsText(findings: readonly ReportedProblem[], out: Output): string {
  const explained = new Set<string>()
  let text = ''
  for (let i = 0; i < findings.length; ) {
    const shown = snippetLines(findings.slice(i, i + MOST_ON_ONE_LINE), out)
    for (const [n, finding] of findings.slice(i, i + shown.count).entries()) {
      const page = explained.has(finding.code)
        ? []
        : [`page: ${out.paint('underline', pageUrl(finding.code))}`]
      explained.add(finding.code)
      text += findingText(finding, n === 0 ? shown.lines : [], page, out)
    }
    i += shown.count
  }
  return text
}

/** More findings than this do not share a line: who reads so many does not look for the carets. */
const MOST_ON_ONE_LINE = 100

function snippetLines(findings: readonly ReportedProblem[], { paint, columns }: Output) {
  const number = String(findings[0]?.line)
  const gutter = ' '.repeat(number.length)
  const bar = paint('dim', '|')
  const width = Math.max(NARROWEST, columns ?? WIDEST_SOURCE) - number.length - 4
  const { source, carets, count } = snippet(findings, width, paint)
  return { count, lines: [` ${paint('dim', number)} ${bar} ${source}`, ` ${gutter} ${bar} ${carets}`] }
}

function findingText(
  finding: ReportedProblem,
  snippet: readonly string[],
  page: readonly string[],
  { paint, columns }: Output,
): string {
  const { line, severity, code, message, words, related } = finding
  const margin = ' '.repeat(String(line).length + 2)
  const place = placeText(finding)
  const kind = `${severity}[${code}]`
  const head = {
    plain: `${place} ${kind}`,
    painted: `${paint('bold', place)} ${paint(SEVERITY_COLOURS[severity], kind)}`,
  }
  const mark = { plain: `${margin}=`, painted: `${margin}${paint('dim', '=')}` }
  const help = { plain: `${margin}help:`, painted: `${margin}${paint('bold', 'help:')}` }
  const marked = (text: string) => led(mark, text, displayWidth(mark.plain) + 1, columns)
  const lines = [
    ...led(head, words === undefined ? message : asSentence(words.what), CONTINUED, columns),
    ...snippet,
    ...(words?.why ? marked(asSentence(words.why)) : []),
    ...related.flatMap((each) => marked(`${each.message} (${placeText(each)})`)),
    ...(words?.todo ? led(help, asSentence(words.todo), displayWidth(help.plain) + 1, columns) : []),
    ...page.map((text) => margin + text),
  ]
  return `${lines.map((text) => text.trimEnd()).join('\n')}\n\n`
}

/** How far a message is set in on the lines that it goes on. */
const CONTINUED = 2

/** A text behind what leads it in, on several lines where a terminal is too narrow for one. */
function led(
  { plain, painted }: { readonly plain: string; readonly painted: string },
  text: string,
  indent: number,
  columns: number | undefined,
): readonly string[] {
  const shown = printable(text)
  if (columns === undefined) return [`${painted} ${shown}`]
  const taken = displayWidth(plain) + 1 - indent
  const [first = '', ...rest] = wrap(shown, Math.max(NARROWEST, columns) - indent, taken)
  return [`${painted} ${first}`, ...rest.map((line) => ' '.repeat(indent) + line)]
}

/** As terminals make it a link to the place. */
function placeText({ file, line, column }: { file: string; line: number; column: number }): string {
  return `${printable(file)}:${line}:${column}`
}
