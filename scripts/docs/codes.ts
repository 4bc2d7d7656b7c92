/** A page for every code of a diagnostic: what it means and what to do. Editors open it from the message. */
import { CONFIGURATION, describedCodes } from '../../server/src/config/codes'
import { loadConfig } from '../../server/src/config/load'
import { CONFIG_FILE } from '../../server/src/config/names'
import { readConfig } from '../../server/src/config/read'
import { LAYERS } from '../../server/src/layers'
import { type DescribedCode, pagePath } from '../../server/src/lint/codes'
import { fixedExample, importedBy, runExample } from '../../server/src/lint/examples'
import { FIX_CLASSES } from '../../server/src/lint/fix-classes'
import type { Problem } from '../../server/src/model/problem'
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
  const { kind, category, severity, title, explanation, source, fixes } = described
  return page(
    described.code,
    `**${sentence(title)}**`,
    explanation,
    `*${category}*, ${reported(severity)}.`,
    fixText(fixes),
    section('Options', optionTable(described)),
    ...exampleSections(described),
    section('What has to hold', ...demands(described.code)),
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

/** The example with what is said of it and what an editor offers, the files that it imports, and the example repaired. */
function exampleSections(described: DescribedCode): readonly string[] {
  const { example, instead = '', category } = described
  if (category === CONFIGURATION) {
    return [
      section(
        'Example',
        fenced(example, 'jsonc'),
        ...configProblems(example).map(({ message }) => `> ${message}`),
      ),
      section(REPAIRED, fenced(instead, 'jsonc')),
    ]
  }
  const run = runExample(described)
  const message = run.problem === undefined ? '' : `> ${run.problem.message}`
  const titles = run.fixes.map(({ title }) => `- ${title}`)
  const offer = titles.length === 0 ? [] : ['An editor offers:', titles.join('\n')]
  const repaired = described.instead ?? fixedExample(described, run) ?? ''
  return [
    section('Example', fenced(example), ...importedFiles(example), message, ...offer),
    section(REPAIRED, fenced(repaired), ...importedFiles(repaired)),
  ]
}

const REPAIRED = 'Repaired'

/** The files that an example imports, each with its text. */
function importedFiles(example: string): readonly string[] {
  return importedBy(example).flatMap(([name, text]) => [`${code(name)}:`, fenced(text)])
}

/** The mistakes in a configuration that stands alone. */
export function configProblems(text: string): readonly Problem[] {
  const config = readConfig(CONFIG_FILE, text)
  const loaded = loadConfig(CONFIG_FILE, {
    text: (uri) => (uri === CONFIG_FILE ? config : undefined),
    resolve: (_, path) => path.replace('./', ''),
    pathOf: (uri) => uri,
  })
  return loaded?.problems ?? []
}

/** What the layers demand whose constraint has this code, each sentence with its layers. */
function demands(wanted: string): readonly string[] {
  const layers = new Map<string, string[]>()
  for (const { name, constraints } of LAYERS) {
    for (const { code: own, text } of constraints) {
      if (own !== wanted) continue
      layers.set(text, [...(layers.get(text) ?? []), `[${code(name)}](../layers/${name}.md)`])
    }
  }
  return [...layers].map(([text, names]) => `${text} This holds for ${names.join(', ')}.`)
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
