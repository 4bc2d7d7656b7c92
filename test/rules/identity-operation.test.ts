import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('an operation that changes nothing', () => {
  it('is found by its numbers', () => {
    checkRule(
      'identity-operation',
      `
      network N {
        input image: [8, 16, 16]
        a = image -> maxpool(1)
        #            ^^^^^^^ hint[identity-operation]: \`maxpool(1)\` changes nothing. A window of one position that moves by one
        b = image -> avgpool(1x1, stride=1)
        #            ^^^^^^^ hint[identity-operation]
        c = image -> upsample(1, mode=bilinear)
        #            ^^^^^^^^ hint[identity-operation]: With factor 1
        d = image -> pad([0, 0])
        #            ^^^ hint[identity-operation]: Nothing is added
        e = image -> dropout(0)
        #            ^^^^^^^ hint[identity-operation]
        f = image -> pixel_shuffle(1) -> space_to_depth(1)
        #            ^^^^^^^^^^^^^ hint[identity-operation]
        #                                ^^^^^^^^^^^^^^ hint[identity-operation]
        g = image -> channel_shuffle(1) -> channel_shuffle(8)
        #            ^^^^^^^^^^^^^^^ hint[identity-operation]
        #                                  ^^^^^^^^^^^^^^^ hint[identity-operation]: one channel per group
        h = image -> permute([0, 1, 2])
        #            ^^^^^^^ hint[identity-operation]
        i = image -> reshape([8, 16, -1])
        #            ^^^^^^^ hint[identity-operation]: The tensor has this shape already
        j = image -> slice(0, 8)
        #            ^^^^^ hint[identity-operation]
        k = image -> maxout(1) -> leaky_relu(1)
        #            ^^^^^^ hint[identity-operation]
        #                         ^^^^^^^^^^ hint[identity-operation]
        output y = a
      }
    `,
    )
  })

  it('is found in calls on tensors, in values and among several that are one', () => {
    checkRule(
      'identity-operation',
      `
      keep = permute([0, 1, 2])
      #      ^^^^^^^ hint[identity-operation]
      block unit(x: tensor, last: layer = dropout(0)) { return x -> conv(8, 1) -> last }
      #                                   ^^^^^^^ hint[identity-operation]
      network N {
        input image: [8, 16, 16]
        a = upsample(image -> relu, 1)
        #   ^^^^^^^^ hint[identity-operation]
        b = concat([a])
        #   ^^^^^^ hint[identity-operation]: There is nothing that one tensor could be merged with
        c = b -> split(1)
        #        ^^^^^ hint[identity-operation]: The one part is the whole tensor
        d = image -> identity -> relu
        #            ^^^^^^^^ hint[identity-operation]
        output y = image -> keep -> unit
      }
    `,
    )
  })

  it('is found as an operator with a number, unless a parameter brings the number', () => {
    checkRule(
      'identity-operation',
      `
      block scaled(x: tensor, by=1, plus=0) { return plus + by * x }
      network N {
        input image: [8, 16, 16]
        a = image * 1
        #   ^^^^^^^^^ hint[identity-operation]: \`* 1\` changes nothing. Each value times 1
        b = 1 * image
        #   ^^^^^^^^^ hint[identity-operation]: \`1 *\` changes nothing
        c = (image -> relu) ** 1
        #   ^^^^^^^^^^^^^^^^^^^^ hint[identity-operation]: \`** 1\` changes nothing
        d = relu(image + 0 - 2)
        #        ^^^^^^^^^ hint[identity-operation]: \`+ 0\` changes nothing
        e = image / 2 + 1
        f = -image
        g = image -> scaled
        output y = add(a, b, c, d, e, f, g)
      }
    `,
    )
  })

  it('is found as a repetition of none', () => {
    checkRule(
      'identity-operation',
      `
      pair = 0 * relu -> conv(8, 1)
      #      ^^^^^^^^ hint[identity-operation]: The layer is repeated 0 times
      network N {
        input image: [8, 16, 16]
        x = 0 * 4 + 8                    # 0 * relu
        y = 0 * [1]
        a = image -> 0 * (relu -> conv(x, 1)) -> pair
        #            ^^^^^^^^^^^^^^^^^^^^^^^^ hint[identity-operation]: The tensor passes through
        output z = a -> 10 * relu
      }
    `,
    )
  })

  it('is not found where something changes', () => {
    checkRule(
      'identity-operation',
      `
      network N {
        input image: [8, 16, 16]
        a = image -> maxpool(1, stride=2)
        b = image -> maxpool(2) -> avgpool(3, stride=1, padding=1)
        c = image -> upsample([1, 2]) -> upsample(1.5)
        d = image -> pad([0, 1]) -> pad([0, 1], axis=0)
        e = image -> reshape([8, 256]) -> permute([1, 0])
        f = image -> slice(0, 4) -> slice(0, 8, axis=1)
        g = image -> dropout(0.1) -> leaky_relu(0)
        h = image -> channel_shuffle(2)
        i, j = image -> split(2)
        output y = concat(i, j)
      }
    `,
    )
  })

  it('is not found where a parameter, a loop or the input decides', () => {
    checkRule(
      'identity-operation',
      `
      block enlarged(x: tensor, scale=1, rate=0, gate: layer = identity) {
        return x -> upsample(scale) -> maxpool(1, stride=scale) -> dropout(rate) -> gate
      }
      block rows(x: tensor) { return x -> reshape([x.channels, -1]) -> slice(0, x.channels) }
      block sums(xs: tensors) { return add(xs) }
      network N {
        input image: [8, 16, 16]
        input series: [8, 16]
        a = image -> enlarged
        b = series -> rows
        c = concat([image -> conv(8, 1) for k in [1]])
        d = [image] -> sums
        output y = image -> (if a.channels > 8 then conv(8, 1) else identity)
      }
    `,
    )
  })

  it('is not found in a block that meets other shapes', () => {
    checkRule(
      'identity-operation',
      `
      block rows(x: tensor) { return x -> reshape([8, 256]) }
      network N {
        input image: [8, 16, 16]
        input series: [8, 256]
        output y = add(image -> rows, series -> rows)
      }
    `,
    )
  })

  const ADAPTING = `
      network N {
        input image: [8, 7, 7]
        a = image -> adaptive_avgpool(7)
        b = a -> resize(image) -> crop(7)
        output y = b
      }
    `

  it('is not found for what brings a map of any size to one', () => {
    checkRule('identity-operation', ADAPTING)
  })

  it('is found for that too when it is asked for', () => {
    checkRule(
      'identity-operation',
      `
      network N {
        input image: [8, 7, 7]
        a = image -> adaptive_avgpool(7)
        #            ^^^^^^^^^^^^^^^^ hint[identity-operation]: The map has this size already
        b = a -> resize(image) -> crop(7) -> crop(6)
        #        ^^^^^^ hint[identity-operation]
        #                         ^^^^ hint[identity-operation]
        output y = b -> adaptive_avgpool(1) -> adaptive_avgpool(1)
      }
    `,
      { adapting: true },
    )
  })
})

describe('an operation that changes nothing is taken away', () => {
  const fixed = (flow: string, title: string, result: string, before = '') =>
    checkFixes(
      'identity-operation',
      `${before}network N {\n  input image: [8, 16, 16]\n  output y = ${flow}\n}\n`,
      { [title]: result },
    )

  it('in a flow', () => {
    fixed('image -> maxpool(1) -> relu', 'Remove maxpool(1)', 'output y = image -> relu')
    fixed('image -> 2 * dropout(0)', 'Remove dropout(rate=0)', 'output y = image')
    fixed('image -> relu -> identity', 'Remove identity', 'output y = image -> relu')
    fixed('image -> 0 * conv(8, 1) -> relu', 'Remove it', 'output y = image -> relu')
  })

  it('in a call', () => {
    fixed('upsample(image, 1)', 'Remove upsample(scale=1)', 'output y = image')
    fixed('upsample(1, x=image)', 'Remove upsample(scale=1)', 'output y = image')
    fixed('concat([image]) -> relu', 'Remove concat', 'output y = image -> relu')
    fixed('add(image, pad(image -> relu, 0))', 'Remove pad(0)', 'output y = add(image, image -> relu)')
  })

  it('beside an operator', () => {
    fixed('image * 1', 'Remove * 1', 'output y = image')
    fixed('1 * image -> relu', 'Remove 1 *', 'output y = image -> relu')
    fixed('(image -> relu) / 1', 'Remove / 1', 'output y = image -> relu')
    fixed('2 * ((image -> relu) - 0)', 'Remove - 0', 'output y = 2 * (image -> relu)')
    fixed('relu(image ** 1 + 3)', 'Remove ** 1', 'output y = relu(image + 3)')
  })

  it('in a value', () => {
    fixed('image -> down', 'Remove maxpool(1)', 'down = conv(8, 1)', 'down = maxpool(1) -> conv(8, 1)\n')
    fixed('image -> down', 'Write identity for maxpool(1)', 'down = identity', 'down = maxpool(1)\n')
    fixed(
      'image -> (if true then dropout(0) else relu)',
      'Write identity for dropout(rate=0)',
      'output y = image -> (if true then identity else relu)',
    )
  })

  it('but not where its list is asked for', () => {
    checkFixes(
      'identity-operation',
      `
      network N {
        input image: [8, 16, 16]
        output y = (image -> split(1))[0]
      }
      `,
      {},
    )
  })
})
