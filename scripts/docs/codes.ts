/** A page for every code of a diagnostic: what it means and what to do. Editors open it from the message. */
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { CONFIGURATION, describedCodes } from '../../server/src/config/codes'
import { loadConfig } from '../../server/src/config/load'
import { CONFIG_FILE } from '../../server/src/config/names'
import { readConfig } from '../../server/src/config/read'
import { LAYERS } from '../../server/src/layers'
import { type DescribedCode, pagePath } from '../../server/src/lint/codes'
import { findings } from '../../server/src/lint/findings'
import { FIX_CLASSES } from '../../server/src/lint/fix-classes'
import { offeredFixes } from '../../server/src/lint/offer'
import { exampleSettings } from '../../server/src/lint/settings'
import { findRule } from '../../server/src/rules/index'
import { code, fenced, page, section, sentence, table } from './markdown'

/** Paths from the project's root, and texts. */
export function codePages(): readonly (readonly [path: string, text: string])[] {
  const described = [...describedCodes()].sort((a, b) => (a.code < b.code ? -1 : 1))
  return [
    [
      'docs/diagnostics/README.md',
      index(
        'Diagnostics',
        described.filter(({ kind }) => kind === 'error'),
      ),
    ],
    [
      'docs/rules/README.md',
      index(
        'Rules',
        described.filter(({ kind }) => kind === 'rule'),
      ),
    ],
    ...described.map((one) => [pagePath(one.code), codePage(one)] as const),
  ]
}

function codePage(described: DescribedCode): string {
  const { kind, category, severity, title, explanation = '', source, example, instead, fixes } = described
  return page(
    described.code,
    `**${sentence(title)}**`,
    explanation,
    `*${category}*, ${reported(severity)}.`,
    fixText(fixes),
    section('Layers', layerList(described.code)),
    section('Options', optionTable(described)),
    section('Example', ...(example === undefined ? [] : run(example, described))),
    section('Instead', instead === undefined ? '' : fenced(instead)),
    section('Source', source === undefined ? '' : sentence(source)),
    `[All ${kind === 'rule' ? 'rules' : 'diagnostics'}](README.md)`,
  )
}

/** What the fixes of a code are, and what applies them. */
function fixText(fixes: DescribedCode['fixes']): string {
  if (fixes.length === 0) return ''
  const classes = fixes.map((each) => {
    const { name, text, option } = FIX_CLASSES[each]
    return `[${name}](../fixes.md#${each}) (${text}; \`${option}\` applies it)`
  })
  return `An editor offers a fix for it where analysis proves one: ${classes.join(', or ')}.`
}

function reported(severity: DescribedCode['severity']): string {
  if (severity === 'off') return 'off unless it is configured'
  return `reported as ${severity}`
}

function optionTable({ options = {} }: DescribedCode): string {
  return table(
    ['option', 'default', ''],
    Object.entries(options).map(([name, option]) => [
      code(name),
      option.default === undefined ? 'not set' : code(String(option.default)),
      option.documentation,
    ]),
  )
}

/** What the examples of imports import. */
const IMPORTED = {
  'blocks.cnn': 'block unit(x: tensor) { return x -> relu }\n',
  'broken.cnn': 'block broken(x: tensor) { return x -> conv(8, 3 }\n',
}

/** The example, what the analysis says of it, and the fixes that an editor offers. */
function run(example: string, described: DescribedCode): readonly string[] {
  if (described.category === CONFIGURATION) return readExample(example)
  const host = memoryHost({ ...IMPORTED, 'example.cnn': example })
  const analysis = analyze('example.cnn', host)
  const { code: wanted } = described
  const rule = findRule(wanted)
  const lint = rule === undefined ? {} : { settings: exampleSettings(rule) }
  const problem = findings(analysis, lint).find((each) => each.code === wanted)
  if (problem === undefined) return [fenced(example)]
  const fixes = offeredFixes({ analysis, host, problem }, lint).map(({ title }) => `- ${title}`)
  const offer = fixes.length === 0 ? [] : ['An editor offers:', fixes.join('\n')]
  return [fenced(example), `> ${problem.message}`, ...offer]
}

/** A configuration, and the mistake in it. */
function readExample(example: string): readonly string[] {
  const config = readConfig(CONFIG_FILE, example)
  const loaded = loadConfig(CONFIG_FILE, {
    text: (uri) => (uri === CONFIG_FILE ? config : undefined),
    resolve: (_, path) => path.replace('./', ''),
    pathOf: (uri) => uri,
  })
  const messages = loaded?.problems.map(({ message }) => `> ${message}`) ?? []
  return [fenced(example, 'jsonc'), ...messages]
}

/** The layers that have a constraint of this code, with what it says there. */
function layerList(wanted: string): string {
  return LAYERS.flatMap(({ name, constraints }) =>
    constraints.flatMap((constraint, i) =>
      constraint.code === wanted
        ? [`- [${code(name)}](../layers/${name}.md) C${i + 1}: ${constraint.text}`]
        : [],
    ),
  ).join('\n')
}

function index(title: string, described: readonly DescribedCode[]): string {
  const categories = [...new Set(described.map(({ category }) => category))].sort()
  return page(
    title,
    ...categories.map((category) => {
      const members = described.filter((one) => one.category === category)
      const rows = members.map((one) => [
        `[${code(one.code)}](${one.code}.md)`,
        one.severity,
        sentence(one.title),
      ])
      return section(category, table(['code', '', ''], rows))
    }),
  )
}
