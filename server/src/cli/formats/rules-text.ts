import { type DescribedCode, pageUrl } from '../../lint/codes'
import { importedBy, repairedExample } from '../../lint/examples'
import { FIX_CLASSES, isUnasked } from '../../lint/fix-classes'
import type { FixClass } from '../../model/problem'
import type { RuleOption } from '../../rules/frame/rule'
import type { Output } from '../terminal'
import { displayWidth, pad, truncate, wrap } from '../width'
import { indented, section, textWidth } from './pages'
import { SEVERITY_COLOURS } from './severities'

const LEGEND = [
  '* has a fix that check --fix applies, + only such as are choices: --fix --unsafe-fixes applies them.',
  'off: runs where a configuration says so. Each code is explained by: cnnlint rules CODE',
]

/** The codes by category, the rules first, one line each; a mark says what kinds of fixes each has. */
export function rulesText(rules: readonly DescribedCode[], output: Output): string {
  const { paint, columns } = output
  const width = Math.max(...rules.map(({ code }) => displayWidth(code)))
  const line = ({ code, severity, fixes, title }: DescribedCode) => {
    const head = `  ${pad(code, width)}  `
    const mark = pad(`${severity}${markOf(fixes)}`, 'warning*'.length)
    const rest = columns === undefined ? title : truncate(title, columns - displayWidth(head + mark) - 2)
    return `${head}${paint(SEVERITY_COLOURS[severity], mark)}  ${rest}`
  }
  const categoriesOf = (wanted: DescribedCode['kind']) =>
    [...new Set(rules.filter(({ kind }) => kind === wanted).map(({ category }) => category))].sort()
  const categories = [...categoriesOf('rule'), ...categoriesOf('error')]
  return [
    ...categories.map((category) => {
      const members = rules.filter((rule) => rule.category === category)
      return [paint('bold', category), ...members.map(line), ''].join('\n')
    }),
    ...LEGEND.flatMap((text) => wrap(text, textWidth(output))).map((text) => paint('dim', text)),
    '',
  ].join('\n')
}

/** All that is known of one code, laid out for reading. */
export function ruleText(rule: DescribedCode, output: Output): string {
  const { paint } = output
  const width = textWidth(output)
  const { code, severity, category, title, explanation, source, example } = rule
  const optional = (name: string, text: string | undefined) => section(name, indented(text), paint)
  return [
    `${paint('bold', code)} ${paint(SEVERITY_COLOURS[severity], severity)}`,
    paint('dim', category),
    '',
    ...wrap(title, width),
    '',
    ...paragraphs(explanation, width),
    '',
    ...fixText(rule, width),
    ...section('Options', optionLines(rule, width), paint),
    ...section('Example', exampleLines(example), paint),
    ...section('Repaired', exampleLines(repairedExample(rule)), paint),
    ...optional('Source', source),
    ...optional('Page', pageUrl(code)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

/** An example, and below it the files that it imports. */
function exampleLines(example: string | undefined): string[] {
  const imported = importedBy(example ?? '')
  return [...indented(example), ...imported.flatMap(([name, text]) => ['', `  ${name}:`, ...indented(text)])]
}

/** `*` where fixes are applied unasked, `+` where all of them are choices. */
function markOf(fixes: readonly FixClass[]): string {
  if (fixes.length === 0) return ''
  return fixes.some(isUnasked) ? '*' : '+'
}

function fixText({ kind, severity, fixes }: DescribedCode, width: number): string[] {
  const off =
    kind === 'rule' && severity === 'off' ? ['It is off unless a configuration sets its severity.'] : []
  const fix = fixes.length === 0 ? [] : ['It has fixes, which are offered when analysis proves them:']
  const classes = fixes.map((each) => {
    const { name, text, option } = FIX_CLASSES[each]
    return `- ${name}: ${text}. check ${option} applies it.`
  })
  const lines = [...off, ...fix].flatMap((text) => [...wrap(text, width), ''])
  if (classes.length === 0) return lines
  return [...lines.slice(0, -1), ...classes.flatMap((text) => wrap(text, width)), '']
}

function optionLines({ options = {} }: DescribedCode, width: number): string[] {
  return Object.entries(options).flatMap(([name, option]) => [
    `  ${name}: ${optionType(option)}`,
    ...wrap(option.documentation, width - 4).map((line) => `    ${line}`),
  ])
}

/** `number ≥ 1; 8 when left out`. */
function optionType(option: RuleOption): string {
  const least = option.type === 'number' && option.min !== undefined ? ` ≥ ${option.min}` : ''
  const standard = option.default === undefined ? 'not set' : String(option.default)
  return `${option.type === 'boolean' ? 'true or false' : `number${least}`}; ${standard} when left out`
}

function paragraphs(text: string, width: number): string[] {
  return text.split(/\n\n+/).flatMap((paragraph, i) => [...(i === 0 ? [] : ['']), ...wrap(paragraph, width)])
}
