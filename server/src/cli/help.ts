import type { Command, CommandOption } from './command'
import { textWidth } from './formats/pages'
import { COLOUR_CHOICES, type Output } from './terminal'
import { displayWidth, pad, wrap } from './width'

/** The list of the commands. */
export function generalHelp(commands: readonly Command[], version: string, output: Output): string {
  const { paint } = output
  const width = textWidth(output)
  return lines(
    `${paint('bold', 'cnnlint')} ${version}: architecture linting for convolutional networks`,
    '',
    `${paint('bold', 'Usage:')} cnnlint COMMAND [OPTION…] [ARGUMENT…]`,
    '',
    paint('bold', 'Commands:'),
    ...table(
      commands.map(({ name, arguments: { usage }, summary }) => [`${name} ${usage}`.trim(), summary]),
      width,
    ),
    '',
    paint('bold', 'Options:'),
    ...table(
      [
        ['-h, --help', 'Show this text, or that of a command: cnnlint check --help'],
        ['-v, --version', 'Show the version'],
        COLOUR_OPTION,
      ],
      width,
    ),
    '',
    'Exit status: 0 nothing wrong, 1 problems found, 2 could not run.',
  )
}

export function commandHelp(command: Command, output: Output): string {
  const { paint } = output
  const width = textWidth(output)
  const options = Object.entries(command.options).map(([name, spec]): [string, string] => [
    `${spec.short === undefined ? '   ' : `-${spec.short},`} --${name}${placeholder(spec)}`,
    describe(spec),
  ])
  return lines(
    `${paint('bold', 'Usage:')} cnnlint ${command.name} [OPTION…] ${command.arguments.usage}`.trimEnd(),
    '',
    ...command.details.flatMap((paragraph) => [...wrap(paragraph, width), '']),
    paint('bold', 'Options:'),
    ...table([...options, COLOUR_OPTION, ['-h, --help', 'Show this text']], width),
    '',
    paint('bold', 'Examples:'),
    ...command.examples.map((example) => `  cnnlint ${example}`),
  )
}

/** All commands take it. */
const COLOUR_OPTION: readonly [string, string] = [
  `    --color ${COLOUR_CHOICES.join('|')}`,
  'When to use colours. With auto, where a terminal shows them; NO_COLOR takes them away, and FORCE_COLOR brings them through a pipe too',
]

function placeholder(spec: CommandOption): string {
  if (spec.kind === 'flag') return ''
  return spec.kind === 'choice' ? ` ${spec.choices.join('|')}` : ` ${spec.value}`
}

function describe(spec: CommandOption): string {
  if (spec.kind === 'choice') return `${spec.help} (${spec.choices[0]} unless said otherwise)`
  return spec.kind === 'pairs' || spec.kind === 'texts' ? `${spec.help} (may be repeated)` : spec.help
}

/** How wide the first column may be: the second one must be read at 80 columns too. */
const MOST_LEFT = 24

/** Two columns; the second one wraps, and starts on a line of its own where the first is too long. */
function table(rows: readonly (readonly [string, string])[], width: number): string[] {
  const left = Math.min(Math.max(...rows.map(([term]) => displayWidth(term))), MOST_LEFT)
  const indent = ' '.repeat(left + 4)
  return rows.flatMap(([term, text]) => {
    const [first = '', ...rest] = wrap(text, Math.max(30, width - indent.length))
    const fits = displayWidth(term) <= left
    const head = fits ? [`  ${pad(term, left)}  ${first}`] : [`  ${term}`, indent + first]
    return [...head, ...rest.map((line) => indent + line)]
  })
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`
}
