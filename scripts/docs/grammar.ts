/** Railroad diagrams of the grammar, drawn from the parser's own rules. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import vm from 'node:vm'
import type { ISerializedGast } from 'chevrotain'
import { CnnParser } from '../../grammar/parser'
import { INFIX } from '../../grammar/parser/operators'
import { code, page, section, table } from './markdown'

const FOLDER = 'docs/grammar'

interface NamedRule extends ISerializedGast {
  readonly name: string
}

/** Chevrotain's generator of diagrams and the drawing library beside it. */
interface Builder {
  convertProductionToDiagram(rule: ISerializedGast, name: string): { toString(): string }
}

const STYLE = `
path { stroke: #57606a; stroke-width: 2; fill: none }
rect { stroke: #57606a; stroke-width: 1.5; fill: #ddf4ff }
g.non-terminal rect { fill: #fff8c5 }
text { font: 14px monospace; text-anchor: middle; fill: #1f2328 }
@media (prefers-color-scheme: dark) {
  path, rect { stroke: #8b949e }
  rect { fill: #12324f }
  g.non-terminal rect { fill: #3b2f0a }
  text { fill: #e6edf3 }
}
`

/** Paths from the project's root, and texts. */
export function grammarPages(): readonly (readonly [path: string, text: string])[] {
  const rules = new CnnParser().getSerializedGastProductions() as NamedRule[]
  // The rules are declared from the inside out; a reader begins with the file.
  const inOrder = [...rules].sort((a, b) => rank(a.name, rules) - rank(b.name, rules))
  const builder = loadBuilder()
  return [
    [`${FOLDER}/README.md`, overview(inOrder)],
    ...inOrder.map((rule) => [`${FOLDER}/${rule.name}.svg`, draw(builder, rule)] as const),
  ]
}

/** The rules in the order in which they are first mentioned, starting from the file. */
function rank(name: string, rules: readonly NamedRule[]): number {
  const order = ['file']
  for (const mentioned of order) {
    const rule = rules.find((candidate) => candidate.name === mentioned)
    for (const inner of rule ? namesIn(rule) : []) if (!order.includes(inner)) order.push(inner)
  }
  return order.indexOf(name)
}

function namesIn(
  production: ISerializedGast & { readonly nonTerminalName?: string; readonly name?: string },
): string[] {
  if (production.type === 'NonTerminal') return [production.name ?? '']
  return (production.definition ?? []).flatMap(namesIn)
}

function overview(rules: readonly NamedRule[]): string {
  return page(
    'Grammar',
    'The grammar of `.cnn` files as the parser has it. Round boxes are written as they stand there, angular ones are rules of their own. What the rules mean is said in the [language reference](../../grammar/LANGUAGE.md).',
    ...rules.map(({ name }) => section(name, `![${name}](${name}.svg)`)),
    section(
      'Operators',
      'An *operation* is read flat; the operators then bind by their precedence, a larger one tighter, as in Python. `not` has 3, the minus of one operand 7. `**` groups from the right, comparisons chain, all others group from the left.',
      operatorTable(),
    ),
  )
}

function operatorTable(): string {
  const operators = [...INFIX.values()]
  const levels = [...new Set(operators.map(({ precedence }) => precedence))].sort((a, b) => a - b)
  const rows = levels.map((level) => {
    const names = operators
      .filter(({ precedence }) => precedence === level)
      .map(({ operator }) => code(operator))
    return [String(level), names.join(' ')]
  })
  return table(['precedence', 'operators'], rows)
}

function draw(builder: Builder, rule: NamedRule): string {
  const svg = builder.convertProductionToDiagram(rule, rule.name).toString()
  const drawn = svg
    .replaceAll(/<title>.*?<\/title>\n?/g, '')
    .replaceAll(/ (occurrenceIdx|topRuleName|dslRuleName|tokenName|label|rulename)="[^"]*"/gi, '')
    .replace(
      /<svg ([^>]*)>/,
      `<svg xmlns="http://www.w3.org/2000/svg" $1><title>The rule ${rule.name}</title><style>${STYLE}</style>`,
    )
  return `${drawn.trimEnd()}\n`
}

/** The two scripts are written for a page that loads them one after the other; a context of their own does too. */
function loadBuilder(): Builder {
  const library = dirname(createRequire(import.meta.url).resolve('chevrotain'))
  const folder = join(library, '..', '..', 'diagrams')
  const context = vm.createContext({})
  for (const script of ['vendor/railroad-diagrams.js', 'src/diagrams_builder.js']) {
    vm.runInContext(readFileSync(join(folder, script), 'utf8'), context)
  }
  return vm.runInContext('diagrams_builder', context)
}
