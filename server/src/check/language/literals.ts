/** Values that are written outside of files, as on the command line. */
import { parse } from '../../../../grammar/parse'
import type { Expression } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { MAX_EXACT, product } from '../../model/shape'
import { isList } from '../../model/value'

/** A value as `--set` writes it: a literal or list of the language; any other text is a string. */
export function valueFromText(text: string): Value {
  const [item] = parse(`value = ${text}`).items
  if (item?.kind !== 'constant') return text
  return literal(item.value) ?? text
}

function literal(node: Expression): Value | undefined {
  switch (node.kind) {
    case 'number':
      return node.value
    case 'size':
      return node.values
    case 'string':
    case 'boolean':
      return node.value
    case 'none':
      return null
    case 'unary': {
      const value = node.operator === '-' ? literal(node.operand) : undefined
      return typeof value === 'number' ? -value : undefined
    }
    case 'list': {
      const items = node.items.map(literal)
      return items.every((item) => item !== undefined) ? items : undefined
    }
    default:
      return undefined
  }
}

/** A size as `input` lines have it: one to four positive integers, channels first. */
export function sizeFromText(text: string): readonly number[] | undefined {
  const value = valueFromText(text)
  const sizes = isList(value) ? value : [value]
  const isSize =
    sizes.length >= 1 &&
    sizes.length <= 4 &&
    sizes.every((size): size is number => typeof size === 'number' && Number.isSafeInteger(size) && size > 0)
  return isSize && product(sizes) <= MAX_EXACT ? sizes : undefined
}
