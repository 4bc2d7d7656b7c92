import { problem } from './declare'

export const recursion = problem<{
  readonly name: string
  /** The names along the circle of calls; absent where a run showed that nothing decreases. */
  readonly cycle?: readonly string[]
}>({
  code: 'recursion',
  title: 'A block that calls itself without end',
  explanation:
    'A block may call itself, directly or through others, while one of its parameters decreases: a number that gets smaller, or a list that gets shorter. Networks may not.',
  example: 'block f(x: tensor) { return x -> relu -> f }\n',
  instead: 'block f(x: tensor, n: int) { return if n > 0 then x -> relu -> f(n - 1) else x }\n',
  words: ({ name, cycle }) =>
    cycle
      ? {
          what: `\`${name}\` reaches itself`,
          why: `the calls go in a circle: ${cycle.join(' → ')}`,
          todo: 'use a loop, or `n * layer`; a block may call itself while a number that it is given decreases',
        }
      : {
          what: `\`${name}\` calls itself, and none of its parameters decreases`,
          why: 'it would call itself without an end',
          todo: 'give it a smaller number than it was given, such as `n - 1`, and call it in an `if`',
        },
})

export const misplacedStatement = problem<{
  readonly statement: string
  readonly where: string
  readonly instead: string
}>({
  code: 'misplaced-statement',
  title: 'A statement that does not belong here',
  explanation:
    'A network declares its tensors with `input` and `output`. A block has parameters and gives back its result with `return`.',
  example: 'network N {\n  input image: [3, 8, 8]\n  return image -> relu\n}\n',
  words: ({ statement, where, instead }) => ({
    what: `\`${statement}\` does not belong in a ${where}`,
    why: 'networks have `input` and `output`, blocks have parameters and `return`',
    todo: instead,
  }),
})

export const missingReturn = problem<{ readonly name: string }>({
  code: 'missing-return',
  title: 'A block that returns nothing',
  explanation: 'A block gives back its result with `return`. On some path through this block there is none.',
  example:
    'block f(x: tensor) {\n  y = x -> relu\n}\n\nnetwork N {\n  input image: [3, 8, 8]\n  output y = image -> f\n}\n',
  words: ({ name }) => ({
    what: `\`${name}\` ends without \`return\``,
    why: 'a block gives back what it made with `return`, on every path',
    todo: 'add `return` with the tensor at its end',
  }),
})

export const outputNotTensor = problem<{
  readonly name: string
  readonly value: string
  readonly kind: 'list' | 'layer' | 'other'
}>({
  code: 'output-not-a-tensor',
  title: 'An output that is not one tensor',
  explanation: 'An output is one tensor. Name the tensors of a list and put each out on its own line.',
  example: 'network N {\n  input image: [4, 8, 8]\n  output y = image -> split(2)\n}\n',
  instead:
    'network N {\n  input image: [4, 8, 8]\n  a, b = image -> split(2)\n  output y = a\n  output z = b\n}\n',
  words: ({ name, value, kind }) => ({
    what: `the output \`${name}\` is ${value}`,
    why: 'an output is one tensor',
    todo: {
      list: 'put each tensor out under a name of its own',
      layer: 'apply the layer to a tensor: `… -> layer`',
      other: 'write what the network gives: `… -> layer`',
    }[kind],
  }),
})

export const inputShape = problem<{ readonly name: string; readonly value: string }>({
  code: 'input-shape',
  title: 'An input size that is not valid',
  explanation:
    'The size of an input is a list of one to four positive integers, channels first and without a batch: `[3, 224, 224]`.',
  example: 'network N {\n  input image: [3, 0, 8]\n  output y = image -> relu\n}\n',
  instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\n',
  words: ({ name, value }) => ({
    what: `the size of the input \`${name}\` can’t be ${value}`,
    why: 'a size is one to four positive integers, channels first, without a batch',
    todo: 'write for instance `[3, 224, 224]`',
  }),
})

export const argumentKind = problem<{
  readonly block: string
  readonly parameter: string
  readonly type: string
  readonly value: string
}>({
  code: 'argument-kind',
  title: 'An argument of the wrong kind',
  explanation:
    'A parameter that is declared with a type, such as `width: int`, takes only values of that type.',
  example:
    'block f(x: tensor, width: int) { return x -> conv(width, 3) }\n\nnetwork N {\n  input image: [3, 8, 8]\n  output y = image -> f(1.5)\n}\n',
  instead:
    'block f(x: tensor, width: int) { return x -> conv(width, 3) }\n\nnetwork N {\n  input image: [3, 8, 8]\n  output y = image -> f(16)\n}\n',
  words: ({ block, parameter, type, value }) => ({
    what: `\`${parameter}\` of \`${block}\` can’t be ${value}`,
    why: `it is declared as \`${type}\``,
    todo: `give ${TYPES[type] ?? article(type)}`,
  }),
})

/** What a type of the language is called in a sentence. */
const TYPES: Readonly<Record<string, string>> = {
  int: 'an integer',
  float: 'a number',
  bool: '`true` or `false`',
  string: 'a text in double quotes',
  size: 'a size: a number, or a list of one for each axis',
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
}

export const expectFailed = problem<{
  readonly text: string
  readonly sides: readonly string[]
  readonly message?: string
  /** The layer that decided a size, with its formula: `maxpool(2) makes ⌊(5 + 2·0 − 2)/2⌋ + 1 = 2`. */
  readonly decided?: string
}>({
  code: 'expect-failed',
  title: 'An expectation that does not hold',
  explanation: 'An `expect` states what must hold: a paper’s number, a budget. This one is false.',
  example:
    'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(4, 3)\n  expect params == 100\n}\n',
  words: ({ text, sides, message, decided }) => ({
    what: `${message === undefined ? '' : `${message}: `}\`${text}\` does not hold`,
    why: `${sides.length === 1 ? `it is ${sides[0]}` : `the sides are ${sides.join(' and ')}`}${decided === undefined ? '' : `: ${decided}`}`,
    todo: 'correct the network, or the expectation',
  }),
})

export const expectNotBoolean = problem<{ readonly value: string }>({
  code: 'expect-not-boolean',
  title: 'An expectation that is not a condition',
  explanation:
    'An `expect` states something that is true or false, such as `params < 5M`. A value alone says nothing about what it should be.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n  expect params\n}\n',
  instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n  expect params == 0\n}\n',
  words: ({ value }) => ({
    what: `this is ${value}, not a condition`,
    why: 'an `expect` is true or false',
    todo: 'compare it, for instance `params == 61` or `y.shape == [10]`',
  }),
})
