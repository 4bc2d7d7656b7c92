import { parse } from '../../../grammar/parse'
import type {
  Body,
  Expression,
  Identifier,
  Input,
  Network,
  SourceFile,
  Statement,
} from '../../../grammar/tree'
import type { AnalyzeOptions } from '../check/analysis'
import { sizeFromText, valueFromText } from '../check/language/literals'
import { isList } from '../model/value'
import { UsageError } from './command'
import { didYouMean } from './suggest'

/** The options that `check` and `summary` share. */
export const OVERRIDE_OPTIONS = {
  set: { kind: 'pairs', value: 'NAME=VALUE', help: 'Give a parameter of a network another value' },
  input: {
    kind: 'texts',
    value: '[NAME=]SIZE',
    help: 'Give an input another size, for instance image=3x320x320; without a name the first input is meant',
  },
} as const

export interface Overrides {
  readonly set: Readonly<Record<string, string>>
  readonly input: readonly string[]
}

/** Overrides as the analysis takes them, with what is to be said of how they were read. */
export interface ReadOverrides {
  readonly options: AnalyzeOptions
  readonly remarks: readonly string[]
}

/**
 * The overrides as the analysis takes them.
 * @throws UsageError when one names nothing in the networks, or its value is no text of the language.
 */
export function readOverrides(
  { set, input }: Overrides,
  files: readonly SourceFile[],
  networkName?: string,
): ReadOverrides {
  const networks = files.flatMap((file) => networksOf(file).map((network) => ({ network, file })))
  const meant =
    networkName === undefined ? networks : networks.filter(({ network }) => isNamed(networkName)(network))
  checkPairs('--set', 'parameter', set, namesOf(meant.flatMap(({ network }) => parametersOf(network))))
  const inputs: Record<string, string> = {}
  const remarks: string[] = []
  for (const [place, text] of input.entries()) {
    const { name, size } = splitInput(text)
    const names =
      name === undefined ? namesOf(meant.flatMap(({ network }) => nthInput(network, place))) : [name]
    if (name === undefined && names.length === 0)
      throw new UsageError(`--input: there is no input to give '${text}' to`)
    for (const each of names) {
      const read = withoutBatch(each, size, meant)
      inputs[each] = read.size
      if (read.remark !== undefined && !remarks.includes(read.remark)) remarks.push(read.remark)
    }
  }
  checkPairs('--input', 'input', inputs, namesOf(meant.flatMap(({ network }) => inputNames(network.body))))
  for (const [name, size] of Object.entries(inputs)) checkSize(name, size)
  return {
    options: {
      ...(Object.keys(set).length === 0 ? {} : { set }),
      ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
      ...(networkName === undefined ? {} : { network: networkName }),
    },
    remarks,
  }
}

/** `image=3x224x224`, `image:1,3,224,224` or a size alone; numbers that commas part are a list. */
function splitInput(text: string): { readonly name: string | undefined; readonly size: string } {
  const [, name, size = text] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*[=:](.*)$/su.exec(text) ?? []
  const trimmed = size.trim()
  return { name, size: /^\d+(\s*,\s*\d+)+$/.test(trimmed) ? `[${trimmed}]` : trimmed }
}

/** The input at a place, or nothing. */
function nthInput({ body }: Network, place: number): Identifier[] {
  return inputNames(body).slice(place, place + 1)
}

interface Meant {
  readonly network: Network
  readonly file: SourceFile
}

/** One axis more than the input declares is a batch, as PyTorch counts it. */
function withoutBatch(name: string, text: string, meant: readonly Meant[]) {
  const sizes = sizesIn(text)
  const declared = meant.flatMap(({ network, file }) =>
    inputsOf(network.body).flatMap((input) => (input.name.name === name ? [rankOf(input.shape, file)] : [])),
  )
  const ranks = new Set(declared.filter((rank) => rank !== undefined))
  const [rank] = ranks
  if (sizes === undefined || ranks.size !== 1 || rank === undefined || sizes.length !== rank + 1)
    return { size: text }
  const [batch, ...rest] = sizes
  return {
    size: `[${rest.join(', ')}]`,
    remark: `${name} has ${rank} axes: the first of ${text} is read as a batch of ${batch}, figures are for one`,
  }
}

/** The numbers of a size or a list of numbers, however many. */
function sizesIn(text: string): readonly number[] | undefined {
  const value = valueFromText(text)
  return isList(value) && value.every((each) => typeof each === 'number') ? value : undefined
}

/** How many axes an input declares, where its text says so itself or by a constant of its file. */
function rankOf(expression: Expression, file: SourceFile): number | undefined {
  switch (expression.kind) {
    case 'size':
      return expression.values.length
    case 'list':
      return expression.items.length
    case 'call':
      return expression.args[0] === undefined ? undefined : rankOf(expression.args[0].value, file)
    case 'name': {
      const constant = file.items.find(
        (item) => item.kind === 'constant' && item.name.name === expression.name,
      )
      return constant?.kind === 'constant' && constant.value !== expression
        ? rankOf(constant.value, file)
        : undefined
    }
    default:
      return undefined
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

function inputNames(body: Body): Identifier[] {
  return inputsOf(body).map(({ name }) => name)
}

function inputsOf(body: Body): Input[] {
  return body.statements.flatMap(inputsIn)
}

function inputsIn(statement: Statement): Input[] {
  switch (statement.kind) {
    case 'input':
      return [statement]
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
