import { parseArgs } from 'node:util'
import {
  type Command,
  type CommandOption,
  type CommandOptions,
  type CommandOptionValues,
  UsageError,
} from './command'
import { didYouMean } from './suggest'

/** The value of an option, whatever its kind. */
type Value = CommandOptionValues<CommandOptions>[string]

export interface ParsedArguments {
  readonly help: boolean
  readonly args: readonly string[]
  readonly options: CommandOptionValues<CommandOptions>
}

/**
 * Reads a command's arguments.
 * @throws UsageError for an option that does not exist, a value that is missing or does not fit, and for too
 * many or too few arguments.
 */
export function parseArguments(command: Command, argv: readonly string[]): ParsedArguments {
  const specs = command.options
  // What parseArgs refuses by itself it only words for programmers: it splits, the checks are made here.
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      ...Object.fromEntries(
        Object.entries(specs).map(([name, { kind, short }]) => [
          name,
          {
            type: kind === 'flag' ? ('boolean' as const) : ('string' as const),
            ...(short === undefined ? {} : { short }),
          },
        ]),
      ),
    },
  })
  const args: string[] = []
  const options: Record<string, Value> = {}
  for (const [name, spec] of Object.entries(specs)) options[name] = defaultOf(spec)
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value)
    if (token.kind !== 'option') continue
    if (token.name === 'help') return { help: true, args, options }
    const spec = specs[token.name]
    if (spec === undefined) throw unknownOption(command, token.rawName)
    options[token.name] = readValue(token.rawName, spec, token.value, token.inlineValue, options[token.name])
  }
  checkCount(command, args)
  return { help: false, args, options }
}

function defaultOf(spec: CommandOption): Value {
  if (spec.kind === 'flag') return false
  if (spec.kind === 'pairs') return {}
  if (spec.kind === 'texts') return []
  return spec.kind === 'choice' ? spec.choices[0] : undefined
}

function readValue(
  option: string,
  spec: CommandOption,
  value: string | undefined,
  inline: boolean | undefined,
  before: Value,
): Value {
  if (spec.kind === 'flag') {
    if (value !== undefined) throw new UsageError(`${option} takes no value, but was given '${value}'`)
    return true
  }
  const placeholder = spec.kind === 'choice' ? spec.choices.join('|') : spec.value
  // An option in the place of the value is a value that was forgotten; `--set=-x` says otherwise.
  if (value === undefined || (!inline && value.startsWith('-') && value !== '-')) {
    throw new UsageError(`${option} needs a value: ${option} ${placeholder}`)
  }
  switch (spec.kind) {
    case 'text':
      return value
    case 'count':
      if (!/^\d+$/.test(value)) {
        throw new UsageError(`${option} needs a whole number that is not negative, not '${value}'`)
      }
      return Number(value)
    case 'choice':
      if (!spec.choices.includes(value)) {
        throw new UsageError(
          `${option} cannot be '${value}'${didYouMean(value, spec.choices)}: it is one of ${spec.choices.join(', ')}`,
        )
      }
      return value
    case 'texts':
      return [...(Array.isArray(before) ? before : []), value]
    case 'pairs': {
      const equals = value.indexOf('=')
      if (equals < 1 || equals === value.length - 1) {
        throw new UsageError(`${option} needs ${placeholder}, not '${value}'`)
      }
      const [name, text] = [value.slice(0, equals).trim(), value.slice(equals + 1).trim()]
      return { ...(isPairs(before) ? before : {}), [name]: text }
    }
  }
}

function isPairs(value: Value): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && !Array.isArray(value)
}

function unknownOption(command: Command, option: string): UsageError {
  const known = ['--help', ...Object.keys(command.options).map((name) => `--${name}`)]
  return new UsageError(`unknown option '${option}'${didYouMean(option, known)}`)
}

function checkCount(command: Command, args: readonly string[]) {
  const { usage, min, max } = command.arguments
  if (args.length < min) throw new UsageError(`${command.name} needs ${usage}`)
  if (args.length > max) {
    const takes = max === 0 ? 'no arguments' : usage
    throw new UsageError(
      `${command.name} takes ${takes}, but was given '${args.slice(max).join(' ')}' as well`,
    )
  }
}
