import { showCountOf } from '../../model/show'
import { problem } from './declare'

export const tooManyLayers = problem<{ readonly limit: number }>({
  code: 'too-many-layers',
  title: 'Networks of too many layers',
  explanation:
    'The networks of a file may have 100,000 layers together. A loop or a repetition that makes more is taken for a mistake.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> 1M * relu\n}\n',
  instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> 10 * relu\n}\n',
  words: ({ limit }) => ({
    what: `this makes more than ${showCountOf(limit, 'layer')}`,
    why: 'networks of that size are taken for a mistake, and what follows has not been checked',
    todo: 'lower the count',
  }),
})

export const tooMuchWork = problem<Record<never, never>>({
  code: 'too-much-work',
  title: 'An evaluation that takes too many steps',
  explanation:
    'Loops, comprehensions and calls are bounded so that the editor always answers. What the networks, examples, blocks and constants of a file do counts together.',
  example:
    'network N {\n  input image: [3, 8, 8]\n  for i in range(10K) {\n    for j in range(10K) {\n      k = i * j\n    }\n  }\n  output y = image -> relu\n}\n',
  instead:
    'network N {\n  input image: [3, 8, 8]\n  for i in range(10) {\n    for j in range(10) {\n      k = i * j\n    }\n  }\n  output y = image -> relu\n}\n',
  words: () => ({
    what: 'this takes too many steps to evaluate',
    why: 'what a file does is bounded so that an editor always answers, and what follows has not been checked',
    todo: 'lower the count of iterations',
  }),
})

export const listTooLong = problem<{ readonly limit: number }>({
  code: 'list-too-long',
  title: 'A list or string that is too long',
  explanation: 'Lists and strings may have a million items, those of lists in lists included.',
  example: 'XS = range(10M)\n',
  instead: 'XS = range(10K)\n',
  words: ({ limit }) => ({
    what: `this has more than ${showCountOf(limit, 'item')}`,
    why: 'lists, with the lists in them, and strings are bounded so that an editor always answers',
    todo: 'make it shorter',
  }),
})

export const callTooDeep = problem<{ readonly limit: number; readonly of: 'calls' | 'lists' }>({
  code: 'call-too-deep',
  title: 'Calls or lists that are nested too deeply',
  explanation: 'Blocks, layers and lists may be nested 200 deep; more is taken for a mistake.',
  example:
    'block f(x: tensor, g: layer) { return x -> g }\n\nnetwork N {\n  input image: [3, 8, 8]\n  g = relu\n  for i in range(2000) {\n    g = f(g=g)\n  }\n  output y = image -> g\n}\n',
  instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> 2000 * relu\n}\n',
  words: ({ limit, of }) => ({
    what: `${of} are nested more than ${limit} deep here`,
    why: 'nesting of that depth is taken for a mistake',
    todo:
      of === 'lists'
        ? 'join the lists with `+`'
        : 'apply the layers one after another with `->` or `n * layer`',
  }),
})

export const shapeTooLarge = problem<{ readonly count: string; readonly of: string }>({
  code: 'shape-too-large',
  title: 'A tensor or weight with more than 2⁵³ elements',
  explanation: 'Counts beyond 2⁵³ could not be exact, and no machine holds them.',
  example: 'network N {\n  input image: [3, 100M, 100M]\n  output y = image -> relu\n}\n',
  instead: 'network N {\n  input image: [3, 100, 100]\n  output y = image -> relu\n}\n',
  words: ({ count, of }) => ({
    what: `${of} would have ${count} elements`,
    why: 'that is beyond 2⁵³, the largest count that is exact here',
    todo: 'make it smaller',
  }),
})

export const integerOverflow = problem<{ readonly expression: string }>({
  code: 'integer-overflow',
  title: 'An integer beyond 2⁵³',
  explanation: 'Integers are exact up to 2⁵³ − 1; a result beyond would be wrong in its last digits.',
  example: 'BIG = 2 ** 60\n',
  instead: 'BIG = 2 ** 50\n',
  words: ({ expression }) => ({
    what: `the result of ${expression} is beyond 2⁵³`,
    why: 'integers are exact up to 2⁵³ − 1 only',
    todo: 'use smaller numbers',
  }),
})
