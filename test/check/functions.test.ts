import { describe, test } from 'vitest'
import { checkProblems } from '../helpers/problems'
import { holds, holdsIn } from './helper'

describe('functions on numbers', () => {
  test('are those of Python', () => {
    holds(`
      network N {
        input x: [1, 8, 8]
        output y = x -> relu
        expect log(1) == 0 and log(exp(1)) == 1 and 2.302 < log(10) < 2.303
        expect log2(8) == 3 and log2(0.25) == -2 and log2(2 ** 50) == 50
        expect sqrt(16) == 4 and 1.414 < sqrt(2) < 1.415 and sqrt(0) == 0
        expect exp(0) == 1 and exp(100) > 2 ** 52
        expect prod([2, 3, 4]) == 24 and prod([]) == 1 and prod(x.shape) == 64
        expect sorted([3, 1, 2]) == [1, 2, 3] and sorted(["b", "a"]) == ["a", "b"] and sorted([]) == []
        expect sorted([[2, 1], [1, 5]]) == [[1, 5], [2, 1]] and sorted([10, 9, 1.5])[0] == 1.5
      }
    `)
  })

  test('a whole result can be a number of channels', () => {
    holdsIn(`
      y = image -> conv(sqrt(64), log2(8))
      expect y.shape == [8, 6, 6]
    `)
  })

  test('refuse what they are not defined for', () => {
    checkProblems(`
      A = log(0)
      #   ^^^^^^ error[wrong-kind]: \`log\` does not take the number 0
      B = log2(-1)
      #   ^^^^^^^^ error[wrong-kind]
      C = sqrt(-1)
      #   ^^^^^^^^ error[wrong-kind]: It is called as \`sqrt(number)\`
      D = sorted([1, "a"])
      #   ^^^^^^^^^^^^^^^^ error[wrong-kind]
      E = prod(2, 3)
      #   ^^^^^^^^^^ error[wrong-kind]: \`prod(list)\`
      F = exp(1000)
      #   ^^^^^^^^^ error[integer-overflow]
      G = prod([2 ** 30, 2 ** 30])
      #   ^^^^^^^^^^^^^^^^^^^^^^^^ error[integer-overflow]
    `)
  })
})

describe('a name that is a function and a layer', () => {
  test('is the layer where it is given one tensor, waits for one or takes the layer’s options', () => {
    holdsIn(`
      a = max(image, axis=0)
      b = sum(image, 0, keep=true)
      c = image -> min(axis=[1, 2])
      d = image -> max
      e = image -> conv(2, 1) -> abs -> mean(axis=0)
      f = abs(image)
      pooled = max(axis=-1)
      g = image -> pooled
      h = max([image], axis=0)
      expect a.shape == [8, 8] and b.shape == [1, 8, 8] and c.shape == [3] and d.shape == [1]
      expect e.shape == [8, 8] and f.shape == image.shape and g.shape == [3, 8] and h.shape == [8, 8]
    `)
  })

  test('is the function on numbers, also within a call', () => {
    holdsIn(`
      y = image -> conv(max(2, 4), min([3, 5]), padding=abs(-1))
      expect max(1, 2) == 2 and sum([1, 2]) == 3 and sum(y.shape) == 20 and y.channels == 4
    `)
  })

  test('evaluates its arguments once', () => {
    holdsIn(`
      y = max(image -> conv(4, 1), axis=0)
      z = max(image -> conv(4, 1))
      expect params == 32 and layers == 2
    `)
  })

  test('given several tensors leads to what joins them', () => {
    checkProblems(`
      network N {
        input a: [8, 6, 6]
        input b: [8, 6, 6]
        output c = max(a, b)
        #                 ^ error[too-many-tensors]: Value by value over several tensors it is \`maximum\`
        output d = sum([a, b])
        #              ^^^^^^ error[too-many-tensors]: it is \`add\`
        output e = [a, b] -> min
        #                    ^^^ error[too-many-tensors]: \`stack(…) -> min(axis=0)\`
      }
    `)
  })
})
