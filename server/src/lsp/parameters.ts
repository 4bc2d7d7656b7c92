import { ErrorCodes, ResponseError } from 'vscode-languageserver'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const isString = (value: unknown) => typeof value === 'string'
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0
const isPosition = (value: unknown) => isObject(value) && isCount(value.line) && isCount(value.character)
const isRange = (value: unknown) => isObject(value) && isPosition(value.start) && isPosition(value.end)

/** What the protocol says of parameters that requests cannot do without, by their names. */
const PARAMETERS = {
  textDocument: (value: unknown) => isObject(value) && isString(value.uri),
  position: isPosition,
  positions: (value: unknown) => Array.isArray(value) && value.every(isPosition),
  range: isRange,
  context: isObject,
  newName: isString,
  previousResultId: isString,
  ch: isString,
  query: isString,
  files: (value: unknown) =>
    Array.isArray(value) && value.every((each) => isString(each?.oldUri) && isString(each?.newUri)),
  item: (value: unknown) => isObject(value) && isString(value.uri) && isRange(value.selectionRange),
  command: isString,
  previousResultIds: (value: unknown) => Array.isArray(value) && value.every((each) => isString(each?.uri)),
} satisfies Readonly<Record<string, (value: unknown) => boolean>>

/** A parameter that a request cannot do without. */
export type Needed = keyof typeof PARAMETERS

/** @throws ResponseError InvalidParams, which names the first of the parameters that is missing or of another kind. */
export function checkParameters(params: unknown, needed: readonly Needed[]): void {
  const given = isObject(params) ? params : {}
  for (const name of needed) {
    if (PARAMETERS[name](given[name])) continue
    const what = given[name] === undefined ? 'is missing' : 'is not what the protocol says'
    throw new ResponseError(ErrorCodes.InvalidParams, `The parameter '${name}' ${what}.`)
  }
}
