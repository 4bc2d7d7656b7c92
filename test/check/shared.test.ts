import { test } from 'vitest'
import { checkProblems } from '../helpers/problems'
import { holds } from './helper'

test('one set of weights, counted once; MACs at each use', () => {
  holds(`
    block head(x: tensor) { return x -> conv(4, 3, padding=1) -> relu -> conv(2, 1) }

    network N {
      input image: [3, 8, 8]
      shared h = head
      a = image -> h
      b = image -> maxpool(2) -> h
      shared f = conv(3, 1)
      c = image -> 3 * f
      expect a.params == 112 + 10 and b.params == 0
      expect b.macs == (27 * 4 + 8) * 16
      expect params == 122 + 12
      expect layers == 3 and depth == 3
      expect c.macs == 3 * 9 * 64
    }
  `)
})

test('in a block each application has its own; inside a shared block they are shared', () => {
  holds(`
    block twice(x: tensor) {
      shared f = conv(3, 1)
      return x -> f -> f
    }

    network N {
      input image: [3, 8, 8]
      a = image -> 2 * twice
      shared t = twice
      b = image -> t -> t
      expect a.params == 24 and b.params == 12
    }
  `)
})

test('it may be passed on as a layer', () => {
  holds(`
    block both(x: tensor, y: tensor, f: layer) { return x -> f, y -> f }

    network N {
      input image: [3, 8, 8]
      shared f = conv(4, 3) -> conv(3, 1)
      a, b = both(image, image -> maxpool(2), f=f)
      expect a.params == 112 + 15 and b.shape == [3, 2, 2]
    }
  `)
})

test('a use in which a weight would have another shape', () => {
  checkProblems(`
    network N {
      input image: [3, 8, 8]
      shared f = conv(4, 3)
      a = image -> f
      output y = a -> f
      #               ^ error[shared-weights-differ]: would be 4×4×3×3 + 4 here
    }
  `)
})

test('what a shared block expects is checked at its first use', () => {
  holds(`
    block head(x: tensor) {
      y = x -> conv(4, 3)
      expect y.params == 112 and params == 112
      return y
    }

    network N {
      input image: [3, 8, 8]
      shared h = head
      a = image -> h
      b = image -> h
      expect params == 112
    }
  `)
})
