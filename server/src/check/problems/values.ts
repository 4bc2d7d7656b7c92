import { showCountOf } from '../../model/show'
import { problem } from './declare'

export const wrongKind = problem<{ readonly what: string; readonly why: string; readonly todo: string }>({
  code: 'wrong-kind',
  title: 'A value of the wrong kind',
  explanation:
    'Each operation works only on certain kinds of values, as in Python: `+` adds two numbers or joins two lists, but it does not add a text to a number.',
  example: 'X = 1 + "one"\n',
  instead: 'X = 1 + 1\n',
  words: (data) => data,
})

export const tensorArithmetic = problem<{ readonly operator: string; readonly layer: string }>({
  code: 'tensor-arithmetic',
  title: 'An arithmetic operator between tensors',
  explanation:
    'Tensors flow through layers; sums and products of them are layers too: `add`, `sub`, `mul`, `divide`. With a number on one side `+`, `-`, `*`, `/` and, before a number, `**` work on each value.',
  example: 'network N {\n  input image: [3, 8, 8]\n  a = image -> relu\n  output y = image + a\n}\n',
  words: ({ operator, layer }) => ({
    what: `\`${operator}\` does not work on tensors`,
    why: 'operators compute with numbers, or with a tensor and a number; tensors meet in layers',
    todo: layer === '' ? 'use a layer' : `write \`${layer}(…, …)\``,
  }),
})

export const layerTimesNumber = problem<Record<never, never>>({
  code: 'layer-times-number',
  title: 'A repetition with its count after the layer',
  explanation: 'The count of a repetition stands first: `3 * layer` is the layer three times in a row.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu * 3\n}\n',
  words: () => ({
    what: 'the count of a repetition stands before the layer',
    why: '`n * layer` is the layer n times in a row',
    todo: 'swap the two',
  }),
})

export const divisionByZero = problem<{ readonly operator: string }>({
  code: 'division-by-zero',
  title: 'A division by zero',
  explanation: 'The divisor of `/`, `//` or `%` is zero here.',
  example: 'X = 8 // 0\n',
  instead: 'X = 8 // 2\n',
  words: ({ operator }) => ({
    what: `the right side of \`${operator}\` is zero`,
    why: 'a division by zero has no result',
    todo: '',
  }),
})

export const indexOutOfRange = problem<{ readonly index: number; readonly length: number }>({
  code: 'index-out-of-range',
  title: 'An index outside the list',
  explanation:
    'The items of a list are counted from 0: a list of three has the items 0, 1 and 2. Negative indices count from the end.',
  example: 'XS = [1, 2, 3]\nX = XS[3]\n',
  instead: 'XS = [1, 2, 3]\nX = XS[2]\n',
  words: ({ index, length }) => ({
    what:
      length === 0
        ? `the list is empty and has no item ${index}`
        : `the list has ${showCountOf(length, 'item')} and no item ${index}`,
    why: 'items count from 0, and from -1 at the end',
    todo: length === 0 ? '' : `use an index from ${-length} to ${length - 1}`,
  }),
})

export const wrongItemCount = problem<{ readonly names: number; readonly items: number }>({
  code: 'wrong-item-count',
  title: 'More or fewer names than values',
  explanation: 'Several names take a list apart: there must be as many names as items.',
  example: 'network N {\n  input image: [4, 8, 8]\n  a, b, c = image -> split(2)\n  output y = a\n}\n',
  instead: 'network N {\n  input image: [4, 8, 8]\n  a, b = image -> split(2)\n  output y = add(a, b)\n}\n',
  words: ({ names, items }) => ({
    what: `${names} names stand for ${items} ${items === 1 ? 'value' : 'values'}`,
    why: 'several names take a list apart, one item each',
    todo: 'write as many names as there are values',
  }),
})

export const roughlyNeedsLiteral = problem<Record<never, never>>({
  code: 'roughly-needs-number',
  title: '`~=` without a number on its right',
  explanation:
    '`a ~= 60M` holds when the two differ by at most one unit in the last digit written, so its right side must be a number as written.',
  example:
    'network N {\n  input image: [3, 8, 8]\n  target = 60\n  output y = image -> relu\n  expect macs ~= target\n}\n',
  instead:
    'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(4, 3)\n  expect macs ~= 3.9K\n}\n',
  words: () => ({
    what: '`~=` needs a number on its right',
    why: 'it allows one unit in the last digit that is written there',
    todo: 'write the number itself, or compare with `<` and `>`',
  }),
})
