import { codeUrl, type DescribedCode } from '../codes'
import type { Output } from '../terminal'
import { displayWidth, pad, truncate, wrap } from '../width'
import { indented, section, textWidth } from './pages'
import { SEVERITY_COLOURS } from './severities'

/** The rules by category, one line a rule; a star marks those that have a fix. */
export function rulesText(rules: readonly DescribedCode[], { paint, columns }: Output): string {
  const width = Math.max(...rules.map(({ code }) => displayWidth(code)))
  const line = ({ code, severity, fixable, title }: DescribedCode) => {
    const head = `  ${pad(code, width)}  `
    const mark = pad(`${severity}${fixable ? '*' : ''}`, 'warning*'.length)
    const rest = columns === undefined ? title : truncate(title, columns - displayWidth(head + mark) - 2)
    return `${head}${paint(SEVERITY_COLOURS[severity], mark)}  ${rest}`
  }
  const categories = [...new Set(rules.map(({ category }) => category))].sort()
  return [
    ...categories.map((category) => {
      const members = rules.filter((rule) => rule.category === category)
      return [paint('bold', category), ...members.map(line), ''].join('\n')
    }),
    paint('dim', '* has a fix. All codes that check prints are explained by: cnnlint rules CODE'),
    '',
  ].join('\n')
}

/** All that is known of one code, laid out for reading. */
export function ruleText(rule: DescribedCode, output: Output): string {
  const { paint } = output
  const width = textWidth(output)
  const { code, severity, category, title, explanation, source, example, instead, fixable } = rule
  const optional = (name: string, text: string | undefined) => section(name, indented(text), paint)
  return [
    `${paint('bold', code)} ${paint(SEVERITY_COLOURS[severity], severity)}`,
    paint('dim', category),
    '',
    ...wrap(title, width),
    '',
    ...(explanation === undefined ? [] : [...paragraphs(explanation, width), '']),
    ...(fixable ? ['It has a fix, which is offered when analysis proves it.', ''] : []),
    ...optional('Example', example),
    ...optional('Instead', instead),
    ...optional('Source', source),
    ...optional('Page', codeUrl(code)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

function paragraphs(text: string, width: number): string[] {
  return text.split(/\n\n+/).flatMap((paragraph, i) => [...(i === 0 ? [] : ['']), ...wrap(paragraph, width)])
}
