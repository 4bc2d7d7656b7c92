import { describe, expect, it } from 'vitest'
import { findings } from '../../server/src/lint/findings'
import { checkRule, onlyRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

/** What the rule says of a text. */
function messages(text: string): readonly string[] {
  const { analysis } = analyzed(text)
  return findings(analysis, { settings: onlyRule('stride-skips-pixels') }).map(({ message }) => message)
}

describe('a stride that skips pixels', () => {
  it('is found at the stride', () => {
    checkRule(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 3, padding=1) -> relu
        b = a -> conv(16, 1, stride=2)
        #                           ^ warning[stride-skips-pixels]: 768 of the 1,024 positions of the map 32×32 are read by nothing. Stride 2
        c = b -> maxpool(2, stride=[2, 3])
        #                          ^^^^^^ warning[stride-skips-pixels]: 96 of the 256 positions of the map 16×16
        output y = c
      }
    `,
    )
  })

  it('is found once where all readers skip, through layers that see single positions', () => {
    checkRule(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 32]
        x = image -> conv(8, 3, padding=1)
        branch = x -> conv(8, 1, bias=false) -> batchnorm -> relu -> conv(8, 1, stride=2) -> conv(8, 3, padding=1)
        #                                                                              ^ warning[stride-skips-pixels]
        output y = add(branch, x -> conv(8, 1, stride=2))
      }
    `,
    )
  })

  it('is not found for a projection beside windows that leave nothing out', () => {
    checkRule(
      'stride-skips-pixels',
      `
      block bottleneck(x: tensor, width) {
        y = x -> conv(width, 1) -> relu -> conv(width, 3, stride=2, padding=1) -> relu -> conv(4 * width, 1)
        return add(y, x -> conv(4 * width, 1, stride=2)) -> relu
      }
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3, padding=1) -> bottleneck(8)
      }
    `,
    )
  })

  it('is not found where the map is an output, or is read as a whole', () => {
    checkRule(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 32]
        output p5 = image -> conv(8, 3, padding=1)
        output p6 = p5 -> maxpool(1, stride=2)
        other = image -> conv(8, 5, padding=2)
        gate = other -> global_avgpool
        output y = mul(other -> conv(8, 1, stride=2), gate)
      }
    `,
    )
  })

  it('is not found where the map ends with the window, nor for windows as wide as the stride', () => {
    checkRule(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 1]
        a = image -> conv(8, 2x1, stride=2)
        b = image -> conv(8, 2x1, stride=[3, 1], dilation=[2, 1])
        output y = a
      }
    `,
    )
  })

  it('is fixed by pooling before, a kernel as wide as the stride, or no stride', () => {
    checkFixes(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3, padding=1) -> conv(16, 1, stride=2)
      }
      `,
      {
        'Put avgpool(2) before → 16×16×16':
          'output y = image -> conv(8, 3, padding=1) -> avgpool(2) -> conv(16, 1)',
        'Set kernel=2 → 16×16×16': 'output y = image -> conv(8, 3, padding=1) -> conv(16, 2, stride=2)',
        'Set stride=1 → 16×32×32': 'output y = image -> conv(8, 3, padding=1) -> conv(16, 1, stride=1)',
      },
    )
  })

  it('keeps the size of an odd map when it pools', () => {
    checkFixes(
      'stride-skips-pixels',
      `
      network N {
        input image: [3, 33, 33]
        output y = image -> conv(16, 1, stride=2)
        expect y.shape == [16, 17, 17]
      }
      `,
      {
        'Put avgpool(2, ceil=true) before → 16×17×17':
          'output y = image -> avgpool(2, ceil=true) -> conv(16, 1)',
      },
    )
  })

  it('is underlined where the stride is written, wherever the tensor stands', () => {
    checkRule(
      'stride-skips-pixels',
      `
      C = 8
      block unit(x: tensor, c, s) {
        return conv(c, 1, stride=s)(x)
        #                        ^ warning[stride-skips-pixels]
      }
      network N {
        input image: [3, 32, 32]
        l = image -> abs -> conv(3, 3, padding=1)
        output a = conv(C, 1, stride=2)(l)
        #                            ^ warning[stride-skips-pixels]
        m = image -> relu -> conv(3, 3, padding=1)
        output b = conv(m, C, 1, stride=2)
        #                               ^ warning[stride-skips-pixels]
        n = image -> sigmoid -> conv(3, 3, padding=1)
        output c = conv(C, x=n, 1, stride=2)
        #                                 ^ warning[stride-skips-pixels]
        k = image -> tanh -> conv(3, 3, padding=1)
        output d = conv(stride=2, C, k, 1)
        #                      ^ warning[stride-skips-pixels]
        j = image -> elu -> conv(3, 3, padding=1)
        output e = unit(j, C, 2)
      }
    `,
    )
  })

  it.each([
    ['conv(C, 1, stride=2)(image)', 'conv(C, 1)(image -> avgpool(2))'],
    ['conv(image, C, 1, stride=2)', 'conv(image -> avgpool(2), C, 1)'],
    ['conv(C, x=image, 1, stride=2)', 'conv(C, x=image -> avgpool(2), 1)'],
    ['conv(C)(1, stride=2)(image)', 'conv(C)(1)(image -> avgpool(2))'],
  ])('offers as much with a constant for the channels: %s', (call, pooled) => {
    checkFixes(
      'stride-skips-pixels',
      `
      C = 8
      network N {
        input image: [3, 32, 32]
        output y = ${call} -> relu
      }
      `,
      {
        'Put avgpool(2) before → 8×16×16': `output y = ${pooled} -> relu`,
        'Set kernel=2 → 8×16×16': `output y = ${call.replace(/\b1\b/, '2')} -> relu`,
        'Set stride=1 → 8×32×32': `output y = ${call.replace('stride=2', 'stride=1')} -> relu`,
      },
    )
  })

  it('offers as much in a block', () => {
    checkFixes(
      'stride-skips-pixels',
      `
      block unit(x: tensor, c) {
        return conv(c, 1, stride=2)(x)
      }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit(8) -> relu
      }
      `,
      {
        'Put avgpool(2) before → 8×16×16': 'return conv(c, 1)(x -> avgpool(2))',
        'Set kernel=2 in block unit → 8×16×16': 'return conv(c, 2, stride=2)(x)',
        'Set stride=1 in block unit → 8×32×32': 'return conv(c, 1, stride=1)(x)',
      },
    )
  })

  // What the windows read is counted here position by position, as the rule did before it met long axes.
  it.each<[axis: string, input: number, kernel: number, stride: number, padding: number, dilation: number]>([
    ['one position of each stride', 32, 1, 2, 0, 1],
    ['a padded border', 33, 3, 5, 2, 1],
    ['taps apart', 40, 3, 9, 1, 3],
    ['a long stride', 50, 2, 17, 0, 1],
  ])('counts what is read: %s', (_, input, kernel, stride, padding, dilation) => {
    const read = new Set<number>()
    for (let at = -padding; at + dilation * (kernel - 1) < input + padding; at += stride)
      for (let tap = 0; tap < kernel; tap++) read.add(at + tap * dilation)
    const inside = [...read].filter((at) => at >= 0 && at < input).length
    const call = `conv(8, ${kernel}, stride=${stride}, padding=${padding}, dilation=${dilation})`
    const text = `network N {\n  input signal: [3, ${input}]\n  output y = signal -> conv(3, 1) -> relu -> ${call}\n}\n`
    expect(messages(text).join()).toContain(`${input - inside} of the ${input} `)
  })

  it('looks at an axis of any length', () => {
    const text =
      'network N {\n  input signal: [1, 1000000000]\n  output y = signal -> conv(1, 1) -> relu -> conv(1, 1, stride=2)\n}\n'
    expect(messages(text).join()).toContain('500,000,000 of the 1,000,000,000 ')
  })
})
