import { expect, test } from 'vitest'
import { checkProblems } from '../helpers/problems'
import { analyzeText, holds } from './helper'

test('parameters, defaults that use others, several results, optional tensors', () => {
  holds(`
    block unit(x: tensor, skip: tensor = none, width=4, inner=2 * width) {
      y = x -> conv(inner, 1) -> conv(width, 1)
      if skip != none {
        return add(y, skip)
      }
      return y
    }
    block sizes(n) { return [n, n + 1] }

    network N {
      input image: [3, 8, 8]
      a = image -> unit
      b = image -> unit(a)
      c = unit(image, skip=a, width=4)
      d = image -> conv(sizes(4)[1], 1)
      low, high = sizes(7)
      expect a.params == 3 * 8 + 8 + 8 * 4 + 4 and b.shape == a.shape and c.shape == a.shape
      expect d.channels == 5 and low == 7 and high == 8
    }
  `)
})

test('a fault in a block is reported once, with the calls that led there', () => {
  const { problems } = analyzeText(`
    block inner(x: tensor, k) {
      return x -> conv(4, k)
    }
    block outer(x: tensor) {
      return x -> inner(9)
    }
    network N {
      input image: [3, 8, 8]
      a = image -> 3 * outer
      b = image -> outer
      output y = add(a, b)
    }
  `)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({
    code: 'window-exceeds-input',
    related: [{ message: 'in outer, line 5: inner(9)' }, { message: 'in N, line 9: 3 * outer' }],
  })
})

test('mistakes show in code that no run reaches', () => {
  checkProblems(`
    block unused(x: tensor, k=3) {
      y = x -> convv(8, k)
      #        ^^^^^ error[unknown-layer]
      if k > 3 {
        y = y -> conv(8, 3, stride_=2)
        #                   ^^^^^^^ error[unknown-option]
      }
      return y -> conv(k, 3, groups=k)
    }
    block used(x: tensor, deep=false) {
      if deep {
        x = x -> bathnorm
        #        ^^^^^^^^ error[unknown-layer]: Did you mean \`batchnorm\`
      }
      return x -> (if deep then rellu else relu)
      #                         ^^^^^ error[unknown-layer]
    }
    network N {
      input image: [3, 8, 8]
      output y = image -> used
    }
  `)
})

test('names are bound where they stand', () => {
  checkProblems(`
    network N(deep=false) {
      input image: [3, 8, 8]
      a = later -> relu
      #   ^^^^^ error[name-not-bound]: It is bound only later, on line 4
      later = image -> relu
      if deep {
        extra = image -> relu
      }
      output y = extra
      #          ^^^^^ error[name-not-bound]: in a branch or loop that did not run, on line 6
    }
    block f(x: tensor) {
      return image
      #      ^^^^^ error[unknown-name]
    }
  `)
})

test('statements in the wrong place', () => {
  checkProblems(`
    block f(x: tensor) {
      input y: [3]
    # ^^^^^ error[misplaced-statement]: Write a parameter \`y: tensor\`
      output z = x
    # ^^^^^^ error[misplaced-statement]: Write \`return …\`
      return x
    }
    block g(x: tensor) {
    #     ^ error[missing-return]
      y = x -> relu
    }
    network N {
      input image: [3, 8, 8]
      output a = image -> g
      return a
    # ^^^^^^ error[misplaced-statement]
    }
  `)
})

test('an output that nothing binds is unknown', () => {
  checkProblems(`
    network N {
      input image: [3, 8, 8]
      output y
      #      ^ error[unknown-name]
    }
  `)
})

test('a body that binds the name of its block reads its own, whatever binds it', () => {
  checkProblems(`
    block head(x: tensor) { return x as head -> relu -> add(head) }
    block stage(x: tensor) { return x -> relu as stage -> add(stage) }
    block loop(x: tensor) {
      for loop in [1, 2] { x = x -> conv(loop, 1) }
      return x
    }
    block list(x: tensor) { return concat([x -> conv(list, 1) for list in [1, 2]]) }
    block twice(x: tensor) {
      shared twice = conv(3, 1)
      return x -> twice -> twice
    }
    network image {
      input image: [3, 8, 8]
      output y = image -> head -> stage -> loop -> list -> twice
    }
    network y {
      input x: [3, 8, 8]
      output y = x -> relu
      expect y.channels == 3
    }
  `)
})

test('a parameter for all tensors may be empty, and those behind it are filled by name', () => {
  holds(`
    block fused(x: tensor, skips: tensors) {
      y = x
      for skip in skips { y = add(y, skip) }
      return y -> conv(4 + len(skips), 1)
    }
    block gated(xs: tensors, gate: tensor) {
      return mul(concat(xs), gate)
    }
    block maybe(xs: tensors = []) {
      return if len(xs) == 0 then 0 else len(xs)
    }
    network N {
      input a: [8, 6, 6]
      input b: [8, 6, 6]
      c = a -> fused
      d = fused(a)
      e = fused(a, skips=[])
      f = fused(a, b, b)
      g = gated(a, b, gate=parameter([1, 6, 6]))
      h = [a, b] -> gated(gate=parameter([16, 1, 1]))
      output y = c
      expect c.channels == 4 and d.channels == 4 and e.channels == 4 and f.channels == 6
      expect g.channels == 16 and h.channels == 16
      expect maybe() == 0 and maybe(a, b) == 2 and maybe(xs=[a]) == 1
    }
  `)
})

test('what is missing behind a parameter for all tensors is named', () => {
  checkProblems(`
    block gated(xs: tensors, gate: tensor) {
      return mul(concat(xs), gate)
    }
    network N {
      input a: [8, 6, 6]
      output y = gated(a)
      #          ^^^^^^^^ error[output-not-a-tensor]: The output \`y\` is the layer \`gated(a)\`, which still waits for \`gate=…\`
      z = a -> gated
      #        ^^^^^ error[missing-tensor]: \`gated\` needs 2 tensors or more and gets one. It takes \`xs\` and \`gate\`. Write \`gate=…\` in the call
      output w = z -> relu
    }
  `)
})

test('a block may call itself while a parameter decreases', () => {
  holds(`
    ## The hourglass of Newell et al. (2016).
    block hourglass(x: tensor, depth, width=16) {
      up = x -> conv(width, 3, padding=1) -> relu
      low = x -> maxpool(2) -> conv(width, 3, padding=1) -> relu
      inner = low -> (if depth > 1 then hourglass(depth - 1, width) else conv(width, 3, padding=1))
      return add(up, inner -> upsample(2))
    }

    block odd(x: tensor, n) {
      return if n == 0 then x else x -> even(n - 1)
    }
    block even(x: tensor, n) {
      return if n == 0 then x -> relu else x -> odd(n - 1)
    }
    block each(x: tensor, widths) {
      if len(widths) == 0 { return x }
      return x -> conv(widths[-1], 1) -> each([widths[i] for i in range(len(widths) - 1)])
    }
    ## The number that a computation comes to.
    block factorial(n) {
      return if n <= 1 then 1 else n * factorial(n - 1)
    }

    network N {
      input x: [16, 32, 32]
      output y = x -> hourglass(4)
      output z = x -> even(4)
      output w = x -> each([4, 8])
      # Two convolutions a level, and one at the bottom.
      expect y.shape == [16, 32, 32] and y.params == 9 * (16 * 16 * 9 + 16)
      expect w.channels == 4 and factorial(5) == 120
    }
  `)
})

test('a block that calls itself without an end', () => {
  checkProblems(`
    block same(x: tensor, n) {
      return x -> relu -> same(n)
      #                   ^^^^^^^ error[recursion]: \`same\` calls itself, and none of its parameters decreases
    }
    block deeper(x: tensor, n) {
      return x -> relu -> deeper(n - 1)
      #                   ^^^^^^^^^^^^^ error[call-too-deep]
    }
    block never(x: tensor, n) {
      return x -> relu -> never(n)
    }
    network N {
      input x: [4, 8, 8]
      output y = x -> same(2)
      output z = x -> deeper(2)
    }
  `)
})

test('a block that calls itself is checked where nothing runs it', () => {
  checkProblems(`
    block pyramid(x: tensor, n) {
      if n == 0 { return x }
      a = x -> pyramid(n - 1)
      b = x -> pyramid(n - 1) -> conv(8, kernle=3)
      #                                  ^^^^^^ error[unknown-option]
      return add(a, b)
    }
  `)
})

test('recursion, direct and through others, also in networks', () => {
  checkProblems(`
    block a(x: tensor) { return x -> b }
    block b(x: tensor) { return x -> a }
    #                                ^ error[recursion]: a → b → a
    network N {
      input image: [3, 8, 8]
      output y = image -> N
      #                   ^ error[recursion]
    }
    network M {
      input image: [3, 8, 8]
      output y = image -> a -> relu
    }
  `)
})

test('types of parameters', () => {
  checkProblems(`
    block f(x: tensor, n: int, s: size = 3, a: layer = relu, t: string = "x", b: bool = true, r: float = 0.5) {
      return x -> conv(n, s) -> a
    }
    network N {
      input image: [3, 8, 8]
      p = image -> f(4, [3, 3], gelu, "y", false, 1)
      q = image -> f(1.5)
      #              ^^^ error[argument-kind]: \`n\` of \`f\` can’t be the number 1.5
      r = image -> f(4, s="3")
      #                   ^^^ error[argument-kind]
      s = image -> f(4, a=3)
      #                   ^ error[argument-kind]: It is declared as \`layer\`
      t = image -> f
      #            ^ error[missing-option]: \`f\` needs its option \`n\`
      output y = p
    }
  `)
})

test('duplicate declarations', () => {
  checkProblems(`
    X = 1
    block X(x: tensor) { return x }
    #     ^ error[duplicate-name]: \`X\` is already declared on line 1
    network N {
      input image: [3, 8, 8]
      output y = image -> relu
      output y = image -> gelu
      #      ^ error[duplicate-name]
    }
  `)
})
