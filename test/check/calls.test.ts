import { describe, test } from 'vitest'
import { checkProblems } from '../helpers/problems'
import { holds, holdsIn } from './helper'

describe('calls', () => {
  test('tensors and options are matched separately', () => {
    holdsIn(`
      a = conv(image, 4, 3)
      b = conv(4, image, kernel=3)
      c = image -> conv(kernel=3, channels=4)
      d = conv(4, 3)(image)
      e = image -> conv(4)(3)
      f = conv(4)
      g = image -> f(3, stride=2)
      expect a.shape == [4, 6, 6] and b.shape == a.shape and c.shape == a.shape
      expect d.shape == a.shape and e.shape == a.shape
      expect g.shape == [4, 3, 3]
    `)
  })

  test('what is piped in stands first, and a layer on the left makes the call wait', () => {
    holdsIn(`
      up = image -> conv(2, 1)
      skip = image -> conv(4, 1)
      a = up -> concat(skip)
      b, c = concat(up, skip) -> split([2, 4])
      d = a -> slice(0, 2)
      both = conv(2, 1) -> concat(skip, up)
      e = image -> both
      expect a.channels == 6 and b.channels == 2 and c.channels == 4 and d.channels == 2
      expect e.channels == 8
      f = image -> (if skip.channels == 4 then concat(skip) else identity)
      expect f.channels == 7
      g = image -> (concat(up) -> relu)
      expect g.channels == 5
    `)
  })

  test('lists count as their tensors', () => {
    holds(`
      block total(levels: tensors, last: tensor) { return add(add(levels), last) }
      block pair(x: tensor) { return x -> conv(4, 1), x -> conv(4, 1) }

      network N {
        input image: [3, 8, 8]
        xs = [image -> conv(4, 1) for i in range(3)]
        a = concat(xs)
        b = xs -> add
        c = total(xs, image -> conv(4, 1))
        d = image -> pair -> concat
        e = concat([image])
        p, q = image -> pair
        expect a.channels == 12 and b.channels == 4 and c.channels == 4 and d.channels == 8
        expect e.channels == 3 and p.params == 32 and q.params == 32
      }
    `)
  })

  test('a word is a word whatever else bears its name, and a string elsewhere', () => {
    holds(`
      block up(x: tensor, mode="bilinear") { return x -> upsample(2, mode=mode) }

      network N {
        input image: [3, 8, 8]
        same = 3
        half = image -> relu
        a = image -> conv(4, 3, padding=same, stride=2)
        b = image -> conv(4, same, padding=half)
        c = image -> up -> up(mode="nearest")
        expect a.shape == [4, 4, 4] and b.shape == [4, 8, 8] and c.height == 32
      }
    `)
  })

  test('options that are wrong are marked at the narrowest place', () => {
    checkProblems(`
      network N {
        input image: [3, 8, 8]
        a = image -> conv(8, kernel_size=3)
        #                    ^^^^^^^^^^^ error[unknown-option]: Write \`kernel=\`
        b = image -> conv(8, 3, strid=2)
        #                       ^^^^^ error[unknown-option]: Did you mean \`stride\`?
        c = image -> conv(8)
        #            ^^^^ error[missing-option]: \`conv\` needs its option \`kernel\`
        d = image -> conv(8, 3, kernel=5)
        #                       ^^^^^^^^ error[option-given-twice]
        e = image -> conv(8, 3)(stride=2)(stride=1)
        #                                 ^^^^^^^^ error[option-given-twice]
        f = image -> relu(3)
        #                 ^ error[too-many-options]
        g = image -> conv(8.5, 3)
        #                 ^^^ error[option-value]: It takes an integer of at least 1
        h = image -> conv(8, [3, 3, 3])
        #                    ^^^^^^^^^ error[option-value]
        i = image -> conv(8, 3, padding=sam)
        #                               ^^^ error[option-value]: Did you mean \`same\`?
        j = image -> conv(8, 3, padding=-1)
        #                               ^^ error[option-value]
        k = image -> conv(8, 3, bias=1)
        #                            ^ error[option-value]
        l = image -> upsample(2, mode="linear")
        #                             ^^^^^^^^ error[option-value]: \`nearest\`, \`bilinear\` or \`bicubic\`
        m = image -> conv(16 / 2, 3, padding=[1, 1, 1, 1])
        output y = m
      }
    `)
  })

  test('tensors that are too many, too few or none', () => {
    checkProblems(`
      network N {
        input image: [3, 8, 8]
        a = image -> add
        #            ^^^ error[missing-tensor]: \`add\` needs 2 tensors or more and gets one
        b = image -> relu(image)
        #                 ^^^^^ error[too-many-tensors]: \`relu\` takes one tensor and is given 2
        c = 3 -> relu
        #   ^ error[not-a-tensor]
        d = image -> 3
        #            ^ error[not-a-layer]
        conv = image -> relu
        e = image -> conv(8, 3)
        #            ^^^^ error[not-a-layer]: hides the layer of that name
        f = (relu -> gelu)(3)
        #                  ^ error[takes-tensors-only]
        g = relu -> gelu as middle
        #                   ^^^^^^ error[wrong-kind]: still waits
        output h = g
        #          ^ error[output-not-a-tensor]: The output \`h\` is the layer
      }
    `)
  })

  test('names of other frameworks lead to ours', () => {
    checkProblems(`
      network N {
        input image: [3, 8, 8]
        a = image -> Conv2d(8, 3)
        #            ^^^^^^ error[unknown-layer]: Write \`conv(8, 3)\`
        e = image -> nn.Conv2d(8, 3)
        #            ^^^^^^^^^ error[unknown-layer]: The layer is called \`conv\` here
        f = F.relu(image)
        #   ^^^^^^ error[unknown-layer]: Write \`relu(image)\`
        b = image -> Dense(10)
        #            ^^^^^ error[unknown-layer]: Write \`linear(10)\`
        c = image -> reluu
        #            ^^^^^ error[unknown-layer]: Did you mean \`relu\`
        output d = imagee -> relu
        #          ^^^^^^ error[unknown-name]: Did you mean \`image\`?
      }
    `)
  })
})

describe('layers as values', () => {
  test('compositions, repetitions, partial calls, parameters', () => {
    holds(`
      block unit(x: tensor, width, act: layer = relu) { return x -> conv(width, 3, padding=1) -> act }

      network N {
        input image: [3, 8, 8]
        f = conv(4, 3) -> relu
        a = image -> f -> conv(3, 1) -> f
        b = image -> 2 * unit(3)
        c = image -> 0 * relu
        d = image -> unit(8, act=leaky_relu(0.1))
        e = image -> unit(width=4)(act=maxout)
        acts = [relu, gelu]
        g = image -> acts[1]
        h = image -> 2 * (conv(3, 1) -> 3 * relu)
        expect a.shape == [4, 4, 4] and b.params == 2 * 84 and c == image
        expect d.channels == 8 and e.channels == 2 and g.shape == image.shape
        expect layers == 2 + 1 + 2 + 1 + 1 + 2
        expect h.params == 24
      }
    `)
  })
})
