import { test } from 'vitest'
import { checkProblems } from '../helpers/problems'
import { holds, holdsIn } from './helper'

test('a name measures its flow from the first tensor on', () => {
  holdsIn(`
    a = image -> conv(4, 3) as first -> conv(4, 3) as second -> relu
    b = a
    c = add(a -> conv(4, 1), a) -> conv(2, 1)
    d = [a -> conv(2, 1), a -> conv(8, 1)]
    e = d[1]
    p, q = a -> conv(4, 1) -> split(2)
    f = image as start -> conv(1, 1) as one
    expect first.params == 112 and second.params == 112 + 148 and a.params == second.params
    expect image.params == 0 and b.params == 0 and c.params == 20 + 10
    expect d[0].params == 10 and d[1].params == 40 and e.params == 0
    expect p.params == 20 and q.params == 20
    expect start.params == 0 and one.macs == 3 * 64
    expect params == 112 + 148 + 30 + 50 + 20 + 4
  `)
})

test('totals of a network and of a block’s application', () => {
  holds(`
    block unit(x: tensor, width) {
      expect layers == 2 and depth == 2
      expect params == 9 * x.channels * width + width + width * width + width
      return x -> conv(width, 3) -> conv(width, 1)
    }

    network N {
      input image: [3, 8, 8]
      a = image -> unit(4)
      b = image -> separable_conv(4, 3)
      output y = add(a, b) -> flatten -> linear(10, trainable=false)
      expect layers == 5 and depth == 3
      expect params == 112 + 20 + 30 + 16
      expect macs == 27 * 4 * 36 + 16 * 36 + 27 * 36 + 12 * 36 + 1440
    }
  `)
})

test('an expectation that does not hold shows both sides', () => {
  checkProblems(`
    network N {
      input image: [3, 8, 8]
      y = image -> conv(4, 3)
      output y
      expect params == 25_557_032, "as in the paper"
      #      ^^^^^^^^^^^^^^^^^^^^ error[expect-failed]: As in the paper: \`params == 25_557_032\` does not hold. The sides are 112 and 25,557,032.
      expect y.shape == [4, 8, 8]
      #      ^^^^^^^^^^^^^^^^^^^^ error[expect-failed]: The sides are [4, 6, 6] and [4, 8, 8]: conv(4, 3) makes ⌊(8 + 2·0 − 3)/1⌋ + 1 = 6.
      expect y.rf
      #      ^^^^ error[expect-not-boolean]: This is the number 3, not a condition
      expect y.heigth == 3
      #        ^^^^^^ error[unknown-attribute]: Did you mean \`height\`?
      expect y.length == 3
      #        ^^^^^^ error[unknown-attribute]: A tensor 4×6×6 has no \`.length\`
      expect params ~= image.channels
      #                ^^^^^^^^^^^^^^ error[roughly-needs-number]
    }
  `)
})

test('receptive fields: union where paths merge, global paths as context', () => {
  holds(`
    network N {
      input image: [3, 64, 64]
      a = image -> conv(4, 3, padding=1)
      b = image -> conv(4, 7, padding=3)
      c = concat(a, b)
      d = c -> global_avgpool -> conv(8, 1)
      e = mul(c, d)
      f = e -> maxpool(2) -> upsample(2)
      g = f -> conv(1, 1x5)
      output y = f -> flatten -> linear(2)
      expect a.rf == 3 and c.rf == 7 and c.stride == 1
      expect d.rf == "global" and e.rf == 7 and y.rf == "global"
      expect f.rf == 8 and f.stride == 1 and g.rf == [8, 12]
    }
  `)
})

test('the size of a region does not depend on the input’s, what is seen of it does', () => {
  holds(`
    network N {
      input image: [1, 64, 64]
      y = image
        -> conv(4, 3, stride=2, padding=1) -> conv(2, 1x3, stride=2) -> conv(4, 3, padding=1)
        -> conv(2, 3, stride=2) -> conv(6, 1x2, stride=2) -> conv(2, 3, padding=1)
      output y
      expect y.rf == [51, 63] and y.stride == 16
      expect y.seen == [51, 58]
    }
  `)
})
