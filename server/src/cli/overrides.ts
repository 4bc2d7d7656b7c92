import { parse } from '../../../grammar/parse'
import type { Body, Identifier, Network, SourceFile, Statement } from '../../../grammar/tree'
import type { AnalyzeOptions } from '../check/analysis'
import { sizeFromText } from '../check/language/literals'
import { UsageError } from './command'
import { didYouMean } from './suggest'

/** The options that `check` and `summary` share. */
export const OVERRIDE_OPTIONS = {
  set: { kind: 'pairs', value: 'NAME=VALUE', help: 'Give a parameter of a network another value' },
  input: {
    kind: 'pairs',
    value: 'NAME=SIZE',
    help: 'Give an input of a network another size, for instance image=3x320x320',
  },
} as const

export interface Overrides {
  readonly set: Readonly<Record<string, string>>
  readonly input: Readonly<Record<string, string>>
}

/**
 * The overrides as the analysis takes them.
 * @throws UsageError when one names nothing in the networks, or its value is no text of the language.
 */
export function toAnalyzeOptions(
  { set, input }: Overrides,
  files: readonly SourceFile[],
  networkName?: string,
): AnalyzeOptions {
  const networks = files.flatMap(networksOf)
  const meant = networkName === undefined ? networks : networks.filter(isNamed(networkName))
  checkPairs('--set', 'parameter', set, namesOf(meant.flatMap(parametersOf)))
  checkPairs('--input', 'input', input, namesOf(meant.flatMap(({ body }) => inputsOf(body))))
  for (const [name, size] of Object.entries(input)) checkSize(name, size)
  return {
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(Object.keys(input).length === 0 ? {} : { inputs: input }),
    ...(networkName === undefined ? {} : { network: networkName }),
  }
}

/** The networks that a file declares. */
export function networksOf(file: SourceFile): Network[] {
  return file.items.filter((item) => item.kind === 'network')
}

export function isNamed(name: string) {
  return (network: Network) => network.name.name === name
}

function parametersOf(network: Network): Identifier[] {
  return network.params.map(({ name }) => name)
}

function inputsOf(body: Body): Identifier[] {
  return body.statements.flatMap(inputsIn)
}

function inputsIn(statement: Statement): Identifier[] {
  switch (statement.kind) {
    case 'input':
      return [statement.name]
    case 'for':
      return inputsOf(statement.body)
    case 'if': {
      const { then, else: other } = statement
      const rest = other === undefined ? [] : other.kind === 'if' ? inputsIn(other) : inputsOf(other)
      return [...inputsOf(then), ...rest]
    }
    default:
      return []
  }
}

function namesOf(identifiers: readonly Identifier[]): string[] {
  return [...new Set(identifiers.map(({ name }) => name).filter(Boolean))]
}

function checkPairs(
  option: string,
  what: string,
  pairs: Readonly<Record<string, string>>,
  known: readonly string[],
) {
  for (const [name, value] of Object.entries(pairs)) {
    if (!known.includes(name)) {
      const list = known.length === 0 ? `there is no ${what}` : `known: ${known.join(', ')}`
      throw new UsageError(`${option}: no ${what} is named '${name}'${didYouMean(name, known)} (${list})`)
    }
    if (!isExpression(value)) {
      throw new UsageError(`${option}: the value of '${name}' is not one of the language: '${value}'`)
    }
  }
}

function checkSize(name: string, text: string) {
  if (sizeFromText(text) === undefined) {
    throw new UsageError(`--input: '${name}' needs a size such as ${name}=3x320x320, not '${text}'`)
  }
}

/** Whether a text is one complete expression, which it is when it can stand in a constant. */
function isExpression(text: string): boolean {
  const { items, problems } = parse(`value = ${text}\n`)
  return items.length === 1 && items[0]?.kind === 'constant' && problems.length === 0
}
