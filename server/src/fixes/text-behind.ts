/** The text that a name stands for. */
import type { Expression } from '../../../grammar/tree'
import type { Analysis } from '../check/analysis'
import type { Frame } from '../model/graph'
import { givenOption } from '../model/written'

/** The run in which an expression stands: it tells what parameters were given. */
export interface Around {
  readonly file: string
  readonly frame: Frame
}

export interface Behind {
  readonly expression: Expression
  readonly file: string
}

/**
 * An expression as it is, or what a name was given: the argument or the default of a parameter, the one assignment in
 * the body, or the constant. Undefined where none of them gives it.
 */
export function textBehind(
  analysis: Analysis,
  { file, frame }: Around,
  expression: Expression,
): Behind | undefined {
  if (expression.kind !== 'name') return { expression, file }
  const { name } = expression
  const { params, body } = frame.declaration
  const parameter = params.find((each) => each.name.name === name)
  if (parameter) {
    const { call } = frame
    const given = call && givenOption(call.written, name)
    if (given) return textBehind(analysis, call, given.argument.value)
    return parameter.default && { expression: parameter.default, file: frame.file }
  }
  const assigned = body.statements.filter(
    (statement) => statement.kind === 'assign' && statement.names.some((each) => each.name === name),
  )
  const [only, ...others] = assigned
  if (only?.kind === 'assign') {
    return others.length === 0 && only.names.length === 1 ? { expression: only.value, file } : undefined
  }
  const items = analysis.files.get(file)?.items ?? []
  const constant = items.find((item) => item.kind === 'constant' && item.name.name === name)
  return constant?.kind === 'constant' ? { expression: constant.value, file } : undefined
}
