/** The parameters of the call that is being written, the one whose turn it is marked. */
import {
  MarkupKind,
  type ParameterInformation,
  type SignatureHelp,
  type SignatureInformation,
} from 'vscode-languageserver-types'
import type { Argument, Parameter } from '../../../grammar/tree'
import { needsTensor, tensorParameterAt } from '../check/binding/tensors'
import { FUNCTIONS } from '../check/language/functions'
import {
  boundArguments,
  type Callee,
  calleeOf,
  nextByPlace,
  optionsOf,
  tensorsOf,
} from '../check/semantics/callee'
import { stageOf } from '../check/semantics/path'
import { define } from '../check/semantics/scope'
import { optionTakes, optionText, parameterText, tensorParameterText } from './hover/documentation'
import { type CallAtCursor, type Cursor, cursorAt, openCall } from './support/cursor'
import { asSentence, fromComment, paragraphs } from './support/markdown'
import type { View } from './support/view'

/** What the client can show. */
export interface SignatureSupport {
  /** A parameter is named by its place in the signature, not by its text. */
  readonly labelOffsets: boolean
  /** Whether the answer may mark no parameter. */
  readonly noActiveParameter: boolean
}

/** One parameter of a signature. */
interface Part {
  readonly name: string
  readonly label: string
  readonly documentation?: string | undefined
}

/** The signature of the innermost call that is open at an offset; undefined outside of calls. */
export function signatureHelp(
  view: View,
  offset: number,
  support: SignatureSupport,
): SignatureHelp | undefined {
  const { file } = view.analysis
  const cursor = cursorAt(file, offset)
  if (cursor.inside === 'comment' || cursor.inside === 'string') return undefined
  const found = openCall(file, cursor)
  if (found === undefined) return undefined
  const callee = calleeOf(view, found.path, found.call)
  if (callee === undefined) return functionHelp(view, cursor, found, support)
  const parts = [...tensorParts(view, callee), ...optionParts(view, callee)]
  const active = activeName(view, cursor, found, callee)
  const { definition } = callee
  const name = definition.kind === 'layer' ? definition.layer.name : definition.declaration.name.name
  const doc = definition.kind === 'layer' ? undefined : definition.declaration.doc
  const text = definition.kind === 'layer' ? definition.layer.summary : doc && fromComment(doc.text)
  const signature = signatureOf(name, parts, text, support)
  const at = parts.findIndex((part) => part.name === active)
  return { signatures: [signature], activeSignature: 0, activeParameter: marked(at, parts.length, support) }
}

/** A client that always marks one parameter is given a place behind the last. */
function marked(at: number, count: number, { noActiveParameter }: SignatureSupport): number | null {
  if (at >= 0) return at
  return noActiveParameter ? null : count
}

function signatureOf(
  name: string,
  parts: readonly Part[],
  documentation: string | undefined,
  { labelOffsets }: SignatureSupport,
): SignatureInformation {
  let label = `${name}(`
  const parameters = parts.map((part, i): ParameterInformation => {
    if (i > 0) label += ', '
    const start = label.length
    label += part.label
    return {
      label: labelOffsets ? [start, label.length] : part.label,
      ...(part.documentation === undefined ? {} : { documentation: markdown(part.documentation) }),
    }
  })
  return {
    label: `${label})`,
    ...(documentation === undefined ? {} : { documentation: markdown(documentation) }),
    parameters,
  }
}

function markdown(value: string) {
  return { kind: MarkupKind.Markdown, value }
}

function tensorParts(view: View, callee: Callee): readonly Part[] {
  const { definition } = callee
  return tensorsOf(callee).map((tensor) => {
    const label = tensorParameterText(tensor)
    if (definition.kind === 'layer') {
      return { name: tensor.name, label, documentation: asSentence(tensor.documentation) }
    }
    const parameter = parameterOf(definition.declaration.params, tensor.name)
    const written = parameter && parameterText(view, parameter, definition.file)
    return { name: tensor.name, label: written ?? label }
  })
}

function optionParts(view: View, callee: Callee): readonly Part[] {
  const { definition } = callee
  // What an earlier call has given cannot be given again.
  const free = optionsOf(callee).filter((name) => !callee.given.has(name))
  return free.flatMap((name): Part[] => {
    if (definition.kind === 'layer') {
      const spec = definition.layer.options[name]
      if (spec === undefined) return []
      const documentation = paragraphs(
        asSentence(spec.documentation),
        asSentence(`takes ${optionTakes(spec)}`),
      )
      return [{ name, label: optionText([name, spec]), documentation }]
    }
    const parameter = parameterOf(definition.declaration.params, name)
    return parameter ? [{ name, label: parameterText(view, parameter, definition.file) }] : []
  })
}

function parameterOf(params: readonly Parameter[], name: string): Parameter | undefined {
  return params.find((each) => each.name.name === name)
}

/** The parameter that the argument at the cursor gives, or would give: tensors and options are matched separately. */
function activeName(
  view: View,
  cursor: Cursor,
  { call, path, bracket }: CallAtCursor,
  callee: Callee,
): string | undefined {
  const from = cursor.before[separators(cursor, bracket).at(-1) ?? bracket]?.end ?? cursor.offset
  const bound = boundArguments(view, path, call)
  const at = bound.findIndex(({ argument }) => argument.start >= from && argument.start <= cursor.offset)
  const current = bound[at]
  const tensors = tensorsOf(callee)
  const piped = stageOf(path) === undefined ? 0 : 1
  const tensorAt = (index: number) => tensorParameterAt(tensors, index)?.name
  if (current !== undefined && !isUnwritten(current.argument)) {
    if (current.argument.name !== undefined) return current.argument.name.name
    if (!current.isTensor) return current.option
    return tensorAt(piped + countTensors(bound.slice(0, at)))
  }
  if (current?.argument.name !== undefined) return current.argument.name.name
  const others = bound.filter((each) => each !== current)
  const count = piped + countTensors(others)
  const given = new Set([...callee.given, ...others.flatMap(({ option }) => option ?? [])])
  const next = nextByPlace(callee, given)
  return needsTensor(tensors, count) ? tensorAt(count) : (next ?? tensorAt(count))
}

function countTensors(bound: readonly { readonly isTensor: boolean; readonly argument: Argument }[]): number {
  return bound.filter(({ isTensor, argument }) => isTensor && argument.name === undefined).length
}

function isUnwritten({ value }: Argument): boolean {
  return value.kind === 'missing'
}

/** The commas between the arguments that are complete: their indices among the tokens before the cursor. */
function separators({ before }: Cursor, bracket: number): readonly number[] {
  const found: number[] = []
  let depth = 0
  for (let i = bracket + 1; i < before.length; i++) {
    const { kind, text } = before[i] as Cursor['before'][number]
    if (kind !== 'punctuation') continue
    if (text === '(' || text === '[') depth++
    else if (text === ')' || text === ']') depth--
    else if (text === ',' && depth === 0) found.push(i)
  }
  return found
}

/** A function on values may be called in several ways, each with a signature of its own. */
function functionHelp(
  view: View,
  cursor: Cursor,
  { call, path, bracket }: CallAtCursor,
  support: SignatureSupport,
): SignatureHelp | undefined {
  const definition = call.callee.kind === 'name' ? define(view, path, call.callee.name) : undefined
  if (definition?.kind !== 'function') return undefined
  const { signature, documentation } = FUNCTIONS[definition.name] as (typeof FUNCTIONS)[string]
  const ways = signature.split(/, (?=\w+\()| or /).map((way) => {
    const names = way.slice(way.indexOf('(') + 1, -1).split(', ')
    return names.map((name): Part => ({ name, label: name }))
  })
  const index = separators(cursor, bracket).length
  const takes = (parts: readonly Part[]) => index < parts.length || parts.at(-1)?.name === '…'
  const way = Math.max(0, ways.findIndex(takes))
  const parts = ways[way] ?? []
  const at = takes(parts) ? Math.min(index, parts.length - 1) : -1
  return {
    signatures: ways.map((each) =>
      signatureOf(definition.name, each, `The result is ${documentation}.`, support),
    ),
    activeSignature: way,
    activeParameter: marked(at, parts.length, support),
  }
}
