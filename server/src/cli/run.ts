import { existsSync } from 'node:fs'
import { version } from '../../../package.json'
import { parseArguments } from './arguments'
import { type Command, type ExitStatus, UsageError } from './command'
import { COMMANDS } from './commands'
import { commandHelp, generalHelp } from './help'
import { didYouMean } from './suggest'
import { complain, type Terminal } from './terminal'

/** Runs the command line with the arguments that follow the program's name. Never rejects. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const [first, ...rest] = argv
  try {
    if (first === undefined) {
      terminal.err.write(generalHelp(COMMANDS, version, terminal.err))
      return 2
    }
    if (first === '--version' || first === '-v') return print(terminal, `${version}\n`)
    if (first === '--help' || first === '-h' || first === 'help') {
      if (rest[0] === undefined) return print(terminal, generalHelp(COMMANDS, version, terminal.out))
      return print(terminal, commandHelp(findCommand(rest[0]), terminal.out))
    }
    return await runCommand(findCommand(first), rest, terminal)
  } catch (error) {
    if (error instanceof UsageError) return fail(terminal, error.message, first)
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    terminal.err.write(`cnnlint: this is a fault of cnnlint itself, please report it: ${text}\n`)
    return 2
  }
}

async function runCommand(command: Command, argv: readonly string[], terminal: Terminal) {
  const { help, args, options } = parseArguments(command, argv)
  if (help) return print(terminal, commandHelp(command, terminal.out))
  return command.run({ args, options }, terminal)
}

function findCommand(name: string): Command {
  const found = COMMANDS.find((command) => command.name === name)
  if (found) return found
  if (name.startsWith('-')) throw new UsageError(`unknown option '${name}': a command comes first`)
  const names = COMMANDS.map((command) => command.name)
  const hint = existsSync(name)
    ? `; did you mean 'cnnlint check ${name}'?`
    : didYouMean(name, names) || `: it is one of ${names.join(', ')}`
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
