import { existsSync } from 'node:fs'
import { version } from '../../../package.json'
import { parseArguments } from './arguments'
import { type Command, type ExitStatus, UsageError } from './command'
import { COMMANDS } from './commands'
import { commandHelp, generalHelp } from './help'
import { isModel } from './models'
import { printable } from './printable'
import { didYouMean, suggested } from './suggest'
import { COLOUR_CHOICES, type ColourChoice, complain, type Terminal, withColours } from './terminal'

/** Runs the command line with the arguments that follow the program's name. Never rejects. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { colour, others } = takeColour(argv)
  const shown = withColours(terminal, colour ?? 'auto')
  try {
    if (colour === undefined) {
      throw new UsageError(`--color needs a value: --color ${COLOUR_CHOICES.join('|')}`)
    }
    return await dispatch(others, shown)
  } catch (error) {
    if (error instanceof UsageError) return fail(shown, error.message, others[0])
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    complain(shown, 'this is a fault of cnnlint itself, please report it:')
    shown.err.write(
      text
        .split('\n')
        .map((line) => `${printable(line)}\n`)
        .join(''),
    )
    return 2
  }
}

/**
 * Takes `--color` out of the arguments, which may stand before the command as well. The choice is undefined
 * where there is none of that name.
 */
function takeColour(argv: readonly string[]): {
  colour: ColourChoice | undefined
  others: readonly string[]
} {
  const others: string[] = []
  let colour: ColourChoice | undefined = 'auto'
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] as string
    if (argument === '--') return { colour, others: [...others, ...argv.slice(i)] }
    if (argument !== '--color' && !argument.startsWith('--color=')) {
      others.push(argument)
      continue
    }
    const value = argument === '--color' ? argv[++i] : argument.slice('--color='.length)
    colour = COLOUR_CHOICES.find((choice) => choice === value)
  }
  return { colour, others }
}

async function dispatch([first, ...rest]: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  if (first === undefined) {
    terminal.err.write(generalHelp(COMMANDS, version, terminal.err))
    return 2
  }
  if (first === '--version' || first === '-v') return print(terminal, `${version}\n`)
  if (first === '--help' || first === '-h' || first === 'help') {
    if (rest[0] === undefined) return print(terminal, generalHelp(COMMANDS, version, terminal.out))
    return print(terminal, commandHelp(findCommand(rest[0]), terminal.out))
  }
  // A file or a model in the place of a command is checked.
  const isMeantToBeChecked =
    !COMMANDS.some(({ name }) => name === first) && (existsSync(first) || isModel(first))
  if (isMeantToBeChecked) return runCommand(findCommand('check'), [first, ...rest], terminal)
  return runCommand(findCommand(first), rest, terminal)
}

async function runCommand(command: Command, argv: readonly string[], terminal: Terminal) {
  const { help, args, options } = parseArguments(command, argv)
  if (help) return print(terminal, commandHelp(command, terminal.out))
  return command.run({ args, options }, terminal)
}

/** What other tools call our commands. */
const MEANT: Readonly<Record<string, string>> = {
  lint: 'check',
  server: 'lsp',
  'language-server': 'lsp',
  fmt: 'format',
  explain: 'rules',
  rule: 'rules',
  layer: 'layers',
  convert: 'import',
}

function findCommand(name: string): Command {
  const found = COMMANDS.find((command) => command.name === name)
  if (found) return found
  if (name.startsWith('-')) throw new UsageError(`unknown option '${name}': a command comes first`)
  const names = COMMANDS.map((command) => command.name)
  const meant = MEANT[name]
  const near = meant === undefined ? didYouMean(name, names) : suggested([meant])
  const hint = near || `: it is one of ${names.join(', ')}`
  throw new UsageError(`unknown command '${name}'${hint}`)
}

function fail(terminal: Terminal, message: string, command: string | undefined): ExitStatus {
  const known = COMMANDS.some(({ name }) => name === command)
  complain(terminal, message)
  terminal.err.write(`Try 'cnnlint ${known ? `${command} ` : ''}--help'.\n`)
  return 2
}

function print({ out }: Terminal, text: string): ExitStatus {
  out.write(text)
  return 0
}
