import { type DescribedCode, pageUrl } from '../../lint/codes'
import type { RuleOption } from '../../rules/frame/rule'
import type { Output } from '../terminal'
import { displayWidth, pad, truncate, wrap } from '../width'
import { indented, section, textWidth } from './pages'
import { SEVERITY_COLOURS } from './severities'

const LEGEND = [
  '* has a fix that check --fix applies, + one that is only suggested, or applied with --unsafe-fixes.',
  'off: runs where a configuration says so. Each code is explained by: cnnlint rules CODE',
]

/** The codes by category, the rules first, one line each; a mark says what kind of fix a rule has. */
export function rulesText(rules: readonly DescribedCode[], output: Output): string {
  const { paint, columns } = output
  const width = Math.max(...rules.map(({ code }) => displayWidth(code)))
  const line = ({ code, kind, severity, fixable, fixes, title }: DescribedCode) => {
    const head = `  ${pad(code, width)}  `
    const fix = fixable && kind === 'rule' ? FIX_MARKS[fixes ?? 'suggestion'] : ''
    const mark = pad(`${severity}${fix}`, 'warning*'.length)
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
  const { code, severity, category, title, explanation, source, example, instead } = rule
  const optional = (name: string, text: string | undefined) => section(name, indented(text), paint)
  return [
    `${paint('bold', code)} ${paint(SEVERITY_COLOURS[severity], severity)}`,
    paint('dim', category),
    '',
    ...wrap(title, width),
    '',
    ...(explanation === undefined ? [] : [...paragraphs(explanation, width), '']),
    ...fixText(rule, width),
    ...section('Options', optionLines(rule, width), paint),
    ...optional('Example', example),
    ...optional('Instead', instead),
    ...optional('Source', source),
    ...optional('Page', pageUrl(code)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

const FIX_MARKS = { safe: '*', suggestion: '+' } as const

function fixText({ kind, severity, fixable, fixes }: DescribedCode, width: number): string[] {
  const off =
    kind === 'rule' && severity === 'off' ? ['It is off unless a configuration sets its severity.'] : []
  const how =
    kind === 'rule' && fixes !== 'safe'
      ? 'It is a suggestion that changes what the network computes: check --fix applies it with --unsafe-fixes only.'
      : 'check --fix applies it.'
  const fix = fixable ? [`It has a fix, which is offered when analysis proves it. ${how}`] : []
  return [...off, ...fix].flatMap((text) => [...wrap(text, width), ''])
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
