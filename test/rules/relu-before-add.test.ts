import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

describe('a residual branch that ends with ReLU', () => {
  it('is found beside the identity and beside a projection', () => {
    checkRule(
      'relu-before-add',
      `
      block unit(x: tensor, width, stride=1) {
        y = x -> conv(width, 3, stride=stride, padding=1, bias=false) -> batchnorm -> relu
        z = y -> conv(width, 3, padding=1, bias=false) -> batchnorm -> relu
        #                                                              ^^^^ info[relu-before-add]: The residual branch ends with \`relu\`, right before \`add\`
        shortcut = x
        if stride != 1 { shortcut = x -> conv(width, 1, stride=stride, bias=false) -> batchnorm }
        return add(z, shortcut)
      }
      network N {
        input image: [8, 16, 16]
        output y = image -> unit(8) -> unit(16, stride=2)
      }
    `,
    )
  })

  it('is found beside a projection alone, behind dropout, for other activations', () => {
    checkRule(
      'relu-before-add',
      `
      network N {
        input image: [8, 16, 16]
        branch = image -> conv(16, 3, padding=1) -> softplus -> dropout(0.1)
        #                                           ^^^^^^^^ info[relu-before-add]: The residual branch ends with \`softplus\`, right before \`add\`
        output y = image -> conv(16, 1) -> add(branch)
      }
    `,
    )
  })

  it('is found for a softmax, whose shares are not negative either', () => {
    checkRule(
      'relu-before-add',
      `
      network N {
        input image: [8, 16, 16]
        branch = image -> conv(8, 3, padding=1) -> softmax
        #                                          ^^^^^^^ info[relu-before-add]: The residual branch ends with \`softmax\`, right before \`add\`
        output y = add(image, branch)
      }
    `,
    )
  })

  it('is found at the call of the block that ends with it', () => {
    checkRule(
      'relu-before-add',
      `
      block conv_relu(x: tensor, width) { return x -> conv(width, 3, padding=1) -> relu }
      block unit(x: tensor) { return add(x, x -> conv_relu(8) -> conv_relu(8)) }
      #                                                          ^^^^^^^^^^^^ info[relu-before-add]
      network N {
        input image: [8, 16, 16]
        output y = image -> unit
      }
    `,
    )
  })

  it('is not found in original and in pre-activated units', () => {
    checkRule(
      'relu-before-add',
      `
      block original(x: tensor, width, stride=1) {
        y = x
          -> conv(width, 3, stride=stride, padding=1, bias=false) -> batchnorm -> relu
          -> conv(width, 3, padding=1, bias=false) -> batchnorm
        return add(y, x -> conv(width, 1, stride=stride, bias=false) -> batchnorm) -> relu
      }
      block bottleneck(x: tensor) {
        y = x -> conv(4, 1) -> relu -> conv(4, 3, padding=1) -> relu -> conv(16, 1)
        return add(x, y) -> relu
      }
      block activated(x: tensor) {
        return add(x, x -> batchnorm -> relu -> conv(16, 3, padding=1))
      }
      network N {
        input image: [8, 16, 16]
        stem = image -> conv(8, 3, padding=1) -> relu
        output y = stem -> original(8) -> original(16, stride=2) -> 2 * bottleneck -> activated
      }
    `,
    )
  })

  it('is not found in gates, in pyramids, in decoders and between equal branches', () => {
    checkRule(
      'relu-before-add',
      `
      network N {
        input image: [8, 16, 16]
        c1 = image -> conv(8, 3, padding=1) -> relu
        c2 = c1 -> maxpool(2) -> conv(8, 3, padding=1) -> relu
        gate = c1 -> global_avgpool -> conv(8, 1) -> sigmoid
        gated = mul(c1, gate)
        top = c2 -> conv(8, 1) -> relu
        pyramid = add(c1 -> conv(8, 1) -> relu, top -> upsample(2))
        decoded = add(c1, c2 -> conv_transpose(8, 2, stride=2) -> relu)
        equal = add(image -> conv(8, 3, padding=1) -> relu, image -> conv(8, 5, padding=2) -> relu)
        output y = add(image, image -> relu)
      }
    `,
    )
  })
})
