/** Convolutions that lack the padding of their neighbours: what is offered first. */
import { describe, it } from 'vitest'
import { checkMistake, type Mistake } from '../helpers/fixes'

describe('the convolution that lacks the padding of its neighbours gets it', () => {
  it.each<Mistake>([
    {
      name: 'the first of a basic block',
      source: `
        block basic(x: tensor, width, stride=1) {
          y = x -> conv(width, 3, stride=stride) -> batchnorm -> relu -> conv(width, 3, padding=1) -> batchnorm
          skip = if stride == 1 then x else (x -> conv(width, 1, stride=stride) -> batchnorm)
          return add(y, skip) -> relu
        }
        network N {
          input image: 3x64x64
          x = image -> conv(16, 7, stride=2, padding=3) -> batchnorm -> relu
          output y = x -> basic(16) -> basic(32, 2) -> basic(32) -> global_avgpool -> linear(10)
        }
      `,
      first:
        'y = x -> conv(width, 3, stride=stride, padding=1) -> batchnorm -> relu -> conv(width, 3, padding=1) -> batchnorm',
    },
    {
      name: 'the second of a basic block',
      source: `
        block basic(x: tensor, width, stride=1) {
          y = x -> conv(width, 3, stride=stride, padding=1) -> batchnorm -> relu -> conv(width, 3) -> batchnorm
          skip = if stride == 1 then x else (x -> conv(width, 1, stride=stride) -> batchnorm)
          return add(y, skip) -> relu
        }
        network N {
          input image: 3x64x64
          x = image -> conv(16, 7, stride=2, padding=3) -> batchnorm -> relu
          output y = x -> basic(16) -> basic(32, 2) -> basic(32) -> global_avgpool -> linear(10)
        }
      `,
      first:
        'y = x -> conv(width, 3, stride=stride, padding=1) -> batchnorm -> relu -> conv(width, 3, padding=1) -> batchnorm',
    },
    {
      name: 'the first of three',
      source: `
        block r(x: tensor, w) {
          y = x -> conv(w, 3) -> relu -> conv(w, 3, padding=half) -> relu -> conv(w, 3, padding=half)
          return add(y, x)
        }
        network N {
          input x: 16x32x32
          output y = x -> r(16)
        }
      `,
      first:
        'y = x -> conv(w, 3, padding=half) -> relu -> conv(w, 3, padding=half) -> relu -> conv(w, 3, padding=half)',
    },
    {
      name: 'the only one of a bottleneck',
      source: `
        block bottleneck(x: tensor, width) {
          y = x -> conv(width, 1) -> relu -> conv(width, 3) -> relu -> conv(4 * width, 1)
          return add(y, x) -> relu
        }
        network N {
          input image: 3x64x64
          x = image -> conv(64, 7, padding=half) -> relu
          output y = x -> bottleneck(16) -> bottleneck(16)
        }
      `,
      first: 'y = x -> conv(width, 1) -> relu -> conv(width, 3, padding=half) -> relu -> conv(4 * width, 1)',
    },
    {
      name: 'a dilated branch',
      source: `
        block aspp(x: tensor, width) {
          a = x -> conv(width, 1) -> relu
          b = x -> conv(width, 3, dilation=6, padding=6) -> relu
          c = x -> conv(width, 3, dilation=12) -> relu
          d = x -> conv(width, 3, dilation=18, padding=18) -> relu
          return concat(a, b, c, d) -> conv(width, 1)
        }
        network N {
          input x: 256x65x65
          output y = x -> aspp(64)
        }
      `,
      first: 'c = x -> conv(width, 3, dilation=12, padding=12) -> relu',
    },
    {
      name: 'a dilated branch with the amount of another',
      source: `
        block aspp(x: tensor, width) {
          a = x -> conv(width, 1)
          b = x -> conv(width, 3, dilation=6, padding=6)
          c = x -> conv(width, 3, dilation=12, padding=12)
          d = x -> conv(width, 3, dilation=18, padding=12)
          return concat(a, b, c, d) -> conv(width, 1)
        }
        network N {
          input x: 256x65x65
          output y = x -> aspp(64)
        }
      `,
      first: 'd = x -> conv(width, 3, dilation=18, padding=18)',
    },
    {
      name: 'branches of a comprehension',
      source: `
        network N {
          input x: 256x65x65
          branches = [x -> conv(64, 3, dilation=d) -> relu for d in [1, 2, 4]]
          output y = concat(x, branches) -> conv(64, 1)
        }
      `,
      first: 'branches = [x -> conv(64, 3, dilation=d, padding=half) -> relu for d in [1, 2, 4]]',
    },
    {
      name: 'kernels of a comprehension',
      source: `
        network N {
          input x: 16x32x32
          y = concat([x -> conv(8, k) for k in [1, 3, 5]])
          output z = y
        }
      `,
      first: 'y = concat([x -> conv(8, k, padding=half) for k in [1, 3, 5]])',
    },
    {
      name: 'the 5x5 branch of an Inception module',
      source: `
        block inception(x: tensor, a, b, c, d, e, f) {
          p1 = x -> conv(a, 1) -> relu
          p2 = x -> conv(b, 1) -> relu -> conv(c, 3, padding=1) -> relu
          p3 = x -> conv(d, 1) -> relu -> conv(e, 5) -> relu
          p4 = x -> maxpool(3, stride=1, padding=1) -> conv(f, 1) -> relu
          return concat(p1, p2, p3, p4)
        }
        network N {
          input x: 192x28x28
          output y = x -> inception(64, 96, 128, 16, 32, 32) -> inception(128, 128, 192, 32, 96, 64)
        }
      `,
      first: 'p3 = x -> conv(d, 1) -> relu -> conv(e, 5, padding=2) -> relu',
    },
    {
      name: 'the pool of an Inception module',
      source: `
        block inception(x: tensor, a, b, c, d, e, f) {
          p1 = x -> conv(a, 1) -> relu
          p2 = x -> conv(b, 1) -> relu -> conv(c, 3, padding=1) -> relu
          p3 = x -> conv(d, 1) -> relu -> conv(e, 5, padding=2) -> relu
          p4 = x -> maxpool(3, stride=1) -> conv(f, 1) -> relu
          return concat(p1, p2, p3, p4)
        }
        network N {
          input x: 192x28x28
          output y = x -> inception(64, 96, 128, 16, 32, 32)
        }
      `,
      first: 'p4 = x -> maxpool(3, stride=1, padding=1) -> conv(f, 1) -> relu',
    },
    {
      name: 'a strided branch of a reduction',
      source: `
        block reduction(x: tensor, w) {
          a = x -> maxpool(3, stride=2, padding=1)
          b = x -> conv(w, 3, stride=2)
          c = x -> conv(w, 1) -> conv(w, 3, padding=1) -> conv(w, 3, stride=2, padding=1)
          return concat(a, b, c)
        }
        network N {
          input x: 64x35x35
          output y = x -> reduction(96)
        }
      `,
      first: 'b = x -> conv(w, 3, stride=2, padding=1)',
    },
    {
      name: 'a strided convolution beside a strided shortcut',
      source: `
        network N {
          input x: 64x56x56
          skip = x -> conv(128, 1, stride=2)
          y = x -> conv(128, 3, stride=2) -> relu -> conv(128, 3, padding=1)
          output z = add(y, skip)
        }
      `,
      first: 'y = x -> conv(128, 3, stride=2, padding=1) -> relu -> conv(128, 3, padding=1)',
    },
    {
      name: 'a layer of a DenseNet',
      source: `
        block dense(x: tensor, growth) {
          y = x -> batchnorm -> relu -> conv(4 * growth, 1, bias=false) -> batchnorm -> relu -> conv(growth, 3, bias=false)
          return concat(x, y)
        }
        network N {
          input image: 3x32x32
          x = image -> conv(24, 3, padding=1, bias=false)
          output y = x -> 6 * dense(12)
        }
      `,
      first:
        'y = x -> batchnorm -> relu -> conv(4 * growth, 1, bias=false) -> batchnorm -> relu -> conv(growth, 3, bias=false, padding=1)',
    },
    {
      name: 'on volumes',
      source: `
        block res3d(x: tensor, width) {
          y = x -> conv(width, 3, padding=1) -> batchnorm -> relu -> conv(width, 3) -> batchnorm
          return add(x, y) -> relu
        }
        network N {
          input v: 16x16x56x56
          output y = v -> res3d(16)
        }
      `,
      first:
        'y = x -> conv(width, 3, padding=1) -> batchnorm -> relu -> conv(width, 3, padding=1) -> batchnorm',
    },
    {
      name: 'along one axis of a volume',
      source: `
        block r21(x: tensor, width) {
          y = x -> conv(width, 1x3x3, padding=[0, 1, 1]) -> relu -> conv(width, 3x1x1) -> relu
          return add(x, y)
        }
        network N {
          input v: 16x16x56x56
          output y = v -> r21(16)
        }
      `,
      first:
        'y = x -> conv(width, 1x3x3, padding=[0, 1, 1]) -> relu -> conv(width, 3x1x1, padding=[1, 0, 0]) -> relu',
    },
    {
      name: 'a factorised convolution',
      source: `
        block b17(x: tensor, w) {
          a = x -> conv(w, 1)
          b = x -> conv(w, 1) -> conv(w, 1x7, padding=[0, 3]) -> conv(w, 7x1)
          return concat(a, b)
        }
        network N {
          input x: 192x17x17
          output y = x -> 2 * b17(192)
        }
      `,
      first: 'b = x -> conv(w, 1) -> conv(w, 1x7, padding=[0, 3]) -> conv(w, 7x1, padding=[3, 0])',
    },
    {
      name: 'a separable convolution',
      source: `
        block sep(x: tensor, width) {
          y = x -> separable_conv(width, 3, padding=1) -> batchnorm -> relu -> separable_conv(width, 3) -> batchnorm
          return add(x, y)
        }
        network N {
          input v: 728x19x19
          output y = v -> 8 * sep(728)
        }
      `,
      first:
        'y = x -> separable_conv(width, 3, padding=1) -> batchnorm -> relu -> separable_conv(width, 3, padding=1) -> batchnorm',
    },
    {
      name: 'a depthwise convolution',
      source: `
        block mb(x: tensor, width, t) {
          y = x -> conv(t * x.channels, 1) -> relu6 -> depthwise_conv(3) -> relu6 -> conv(width, 1)
          return add(x, y)
        }
        network N {
          input v: 24x56x56
          output y = v -> mb(24, 6)
        }
      `,
      first:
        'y = x -> conv(t * x.channels, 1) -> relu6 -> depthwise_conv(3, padding=1) -> relu6 -> conv(width, 1)',
    },
    {
      name: 'a gate',
      source: `
        block se(x: tensor) {
          g = x -> conv(x.channels, 7) -> sigmoid
          return mul(x, g)
        }
        network N {
          input x: 16x32x32
          output y = x -> conv(16, 3, padding=1) -> se
        }
      `,
      first: 'g = x -> conv(x.channels, 7, padding=3) -> sigmoid',
    },
    {
      name: 'in a flow that ends in a sum',
      source: `
        network N {
          input x: 16x32x32
          output y = x -> conv(16, 3, padding=1) -> relu -> conv(16, 5) -> add(x)
        }
      `,
      first: 'output y = x -> conv(16, 3, padding=1) -> relu -> conv(16, 5, padding=2) -> add(x)',
    },
    {
      name: 'two branches at once',
      source: `
        block branchy(x: tensor, width) {
          a = x -> conv(width, 1)
          b = x -> conv(width, 3)
          c = x -> conv(width, 5)
          d = x -> conv(width, 7, padding=3)
          return concat(a, b, c, d)
        }
        network N {
          input image: 16x32x32
          output y = image -> branchy(8)
        }
      `,
      first: `
        b = x -> conv(width, 3, padding=1)
        c = x -> conv(width, 5, padding=2)
      `,
    },
    {
      name: 'both convolutions that one block makes',
      source: `
        block conv3(x: tensor, width, stride=1) { return x -> conv(width, 3, stride=stride) -> batchnorm -> relu }
        block res(x: tensor, width) {
          return add(x, x -> conv3(width) -> conv3(width))
        }
        network N {
          input image: 16x32x32
          output y = image -> conv3(16) -> res(16) -> res(16)
        }
      `,
      first:
        'block conv3(x: tensor, width, stride=1) { return x -> conv(width, 3, stride=stride, padding=1) -> batchnorm -> relu }',
    },
    {
      name: 'one of two in the block of an encoder',
      source: `
        block double(x: tensor, width) {
          return x -> conv(width, 3, padding=1) -> relu -> conv(width, 3) -> relu
        }
        network U {
          input image: 1x128x128
          c1 = image -> double(16)
          c2 = c1 -> maxpool(2) -> double(32)
          b = c2 -> maxpool(2) -> double(64)
          d2 = concat(b -> conv_transpose(32, 2, stride=2), c2) -> double(32)
          d1 = concat(d2 -> conv_transpose(16, 2, stride=2), c1) -> double(16)
          output y = d1 -> conv(2, 1)
        }
      `,
      first: 'return x -> conv(width, 3, padding=1) -> relu -> conv(width, 3, padding=1) -> relu',
    },
    {
      name: 'at the call that gives a block its padding',
      source: `
        block cbr(x: tensor, width, k, stride=1, padding=0) {
          return x -> conv(width, k, stride=stride, padding=padding, bias=false) -> batchnorm -> relu
        }
        network N {
          input x: 64x64x64
          a = x -> cbr(64, 1)
          b = x -> cbr(48, 1) -> cbr(64, 5, padding=2)
          c = x -> cbr(64, 1) -> cbr(96, 3, padding=1) -> cbr(96, 3)
          d = x -> avgpool(3, stride=1, padding=1) -> cbr(32, 1)
          output y = concat(a, b, c, d)
        }
      `,
      first: 'c = x -> cbr(64, 1) -> cbr(96, 3, padding=1) -> cbr(96, 3, padding=1)',
    },
    {
      name: 'at the one call that leaves it out',
      source: `
        block cbr(x: tensor, width, k, pad=0) { return x -> conv(width, k, padding=pad) -> batchnorm -> relu }
        block res(x: tensor, width) {
          return add(x, x -> cbr(width, 3, pad=1) -> cbr(width, 3))
        }
        network N {
          input image: 16x32x32
          output y = image -> res(16) -> res(16)
        }
      `,
      first: 'return add(x, x -> cbr(width, 3, pad=1) -> cbr(width, 3, pad=1))',
    },
    {
      name: 'a transposed convolution',
      source: `
        network N {
          input image: 3x64x64
          a = image -> conv(16, 3, padding=1) -> relu
          b = a -> conv(32, 3, stride=2, padding=1) -> relu
          u = b -> conv_transpose(16, 4, stride=2)
          output y = concat(a, u) -> conv(3, 3, padding=1)
        }
      `,
      first: 'u = b -> conv_transpose(16, 4, stride=2, padding=1)',
    },
    {
      name: 'a map that is padded too much',
      source: `
        network N {
          input x: 8x32x32
          output y = add(x, x -> conv(8, 3, padding=2))
        }
      `,
      first: 'output y = add(x, x -> conv(8, 3, padding=half))',
    },
  ])('$name', checkMistake)
})

it('a convolution of another file gets its padding there', () => {
  const sources = {
    'test.cnn': `
      from "./blocks.cnn" import res
      network N {
        input image: 16x32x32
        output y = image -> res(16) -> res(32, 2) -> res(32)
      }
      `,
    'blocks.cnn': `
      block res(x: tensor, width, stride=1) {
        y = x -> conv(width, 3, stride=stride, padding=1) -> relu -> conv(width, 3)
        if stride == 1 { return add(y, x) -> relu }
        return add(y, x -> conv(width, 1, stride=stride)) -> relu
      }
      `,
  }
  checkMistake({
    source: sources,
    first: 'y = x -> conv(width, 3, stride=stride, padding=1) -> relu -> conv(width, 3, padding=1)',
  })
})
