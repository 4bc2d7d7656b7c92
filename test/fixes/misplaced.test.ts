import { describe, expect, it } from 'vitest'
import { fixAll, UNASKED } from '../../server/src/lint/fix-all'
import { checkFixes } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

const CODE = 'option-needs-name'

type Row = [shape: string, stage: string, fixes: Readonly<Record<string, string>>]

function check(...[shape, stage, fixes]: Row): void {
  const expected = Object.entries(fixes).map(([title, flow]) => [title, `output y = x -> ${flow}`] as const)
  checkFixes(
    CODE,
    `network N {\n  input x: ${shape}\n  output y = x -> ${stage}\n}\n`,
    Object.fromEntries(expected),
  )
}

describe('options behind those that go by place', () => {
  it.each<Row>([
    [
      '3x224x224',
      'conv(3, 64, 7, 2, 3)',
      {
        'Write conv(64, 7, stride=2, padding=3) → 64×112×112': 'conv(64, 7, stride=2, padding=3)',
        'Write conv(3, 64, stride=7, padding=2, dilation=3) → 3×6×6':
          'conv(3, 64, stride=7, padding=2, dilation=3)',
      },
    ],
    [
      '3x32x32',
      'conv(64, 3, 1, 1)',
      {
        'Write conv(64, 3, stride=1, padding=1) → 64×32×32': 'conv(64, 3, stride=1, padding=1)',
      },
    ],
    [
      '3x32x32',
      'conv(64, 3, 2, same, groups=1)',
      {
        'Write conv(64, 3, stride=2, padding=same, groups=1) → 64×16×16':
          'conv(64, 3, stride=2, padding=same, groups=1)',
      },
    ],
    [
      '64x28x28',
      'conv_transpose(64, 32, 2, 2)',
      {
        'Write conv_transpose(32, 2, stride=2) → 32×56×56': 'conv_transpose(32, 2, stride=2)',
        'Write conv_transpose(64, 32, stride=2, padding=2) → 64×82×82':
          'conv_transpose(64, 32, stride=2, padding=2)',
      },
    ],
    [
      '8x32x32',
      'maxpool(3, 2, 1)',
      { 'Write maxpool(3, 2, padding=1) → 8×16×16': 'maxpool(3, 2, padding=1)' },
    ],
    [
      '8x33x33',
      'avgpool(2, 2, 0, true)',
      { 'Write avgpool(2, 2, padding=0, ceil=true) → 8×17×17': 'avgpool(2, 2, padding=0, ceil=true)' },
    ],
    [
      '8x16x16',
      'upsample(2, bilinear)',
      { 'Write upsample(2, mode=bilinear) → 8×32×32': 'upsample(2, mode=bilinear)' },
    ],
  ])('%s -> %s', check)
})

describe('sizes of the input', () => {
  it.each<Row>([
    ['[7200]', 'linear(7200, 10)', { 'Write linear(10) → 10': 'linear(10)' }],
    ['[7200]', 'linear(7201, 10)', { 'Write linear(10) → 10': 'linear(10)' }],
    [
      '[12, 64]',
      'linear(64, 10, false)',
      { 'Write linear(10, bias=false) → 12×10': 'linear(10, bias=false)' },
    ],
    ['16x8x8', 'batchnorm(16)', { 'Write batchnorm → 16×8×8': 'batchnorm' }],
    ['16x8x8', 'batchnorm(16, 1e-3)', { 'Write batchnorm(eps=1e-3) → 16×8×8': 'batchnorm(eps=1e-3)' }],
    [
      '16x8x8',
      'batchnorm(16, momentum=0.9)',
      { 'Write batchnorm(momentum=0.9) → 16×8×8': 'batchnorm(momentum=0.9)' },
    ],
    ['64x8x8', 'prelu(64)', { 'Write prelu → 64×8×8': 'prelu' }],
    ['[12, 64]', 'layernorm(64)', { 'Write layernorm → 12×64': 'layernorm' }],
    ['64x8x8', 'groupnorm(32, 64)', { 'Write groupnorm(32) → 64×8×8': 'groupnorm(32)' }],
    ['64x8x8', 'instancenorm(64)', { 'Write instancenorm → 64×8×8': 'instancenorm' }],
    [
      '[12, 64]',
      'lstm(64, 128)',
      {
        'Write lstm(128) → 12×128': 'lstm(128)',
        'Write lstm(64, layers=128) → 12×64': 'lstm(64, layers=128)',
      },
    ],
    ['[12, 16]', 'lstm(16, 32, 2)', { 'Write lstm(32, layers=2) → 12×32': 'lstm(32, layers=2)' }],
    ['3x32x32', 'conv(3, 64, kernel=7)', { 'Write conv(64, kernel=7) → 64×26×26': 'conv(64, kernel=7)' }],
  ])('%s -> %s', check)

  it.each([
    ['conv(in_channels=3, channels=8, kernel=3)', 'conv(channels=8, kernel=3)', 'in_channels'],
    ['batchnorm(num_features=3)', 'batchnorm', 'num_features'],
    ['groupnorm(1, num_channels=3)', 'groupnorm(1)', 'num_channels'],
  ])('by name: %s', (stage, fixed, name) => {
    checkFixes('unknown-option', `network N {\n  input x: 3x32x32\n  output y = x -> ${stage} -> relu\n}\n`, {
      [`Remove ${name}, which is inferred`]: `output y = x -> ${fixed} -> relu`,
    })
  })
})

describe('numbers of one option', () => {
  it.each<Row>([
    ['[6, 8]', 'permute(1, 0)', { 'Write permute([1, 0]) → 8×6': 'permute([1, 0])' }],
    ['[64]', 'reshape(4, 4, 4)', { 'Write reshape([4, 4, 4]) → 4×4×4': 'reshape([4, 4, 4])' }],
    [
      '8x9x9',
      'adaptive_avgpool(1, 3)',
      { 'Write adaptive_avgpool([1, 3]) → 8×1×3': 'adaptive_avgpool([1, 3])' },
    ],
  ])('%s -> %s', check)
})

describe('axes by place', () => {
  it.each<Row>([
    [
      '8x9x9',
      'softmax(1)',
      {
        'Write softmax(axis=1) → 8×9×9': 'softmax(axis=1)',
        'Write softmax(axis=0) → 8×9×9': 'softmax(axis=0)',
      },
    ],
    ['8x9x9', 'softmax(-1)', { 'Write softmax(axis=-1) → 8×9×9': 'softmax(axis=-1)' }],
  ])('%s -> %s', check)
})

describe('a chain of calls in doubtful order', () => {
  const fixed = (text: string) => {
    const { analysis, host } = analyzed(text)
    return fixAll(analysis, host, UNASKED)
  }

  it.each([
    [
      'in PyTorch’s order',
      'conv(3, 16, 3) -> relu -> conv(16, 32, 3, 2) -> relu -> conv(32, 64, 3, 1, 1)',
      'conv(16, 3) -> relu -> conv(32, 3, stride=2) -> relu -> conv(64, 3, stride=1, padding=1)',
    ],
    [
      'in the order of the options',
      'conv(64, 3, 1, 1) -> relu -> conv(128, 3, 2, 1) -> relu -> conv(256, 3, 1, 1)',
      'conv(64, 3, stride=1, padding=1) -> relu -> conv(128, 3, stride=2, padding=1) -> relu -> conv(256, 3, stride=1, padding=1)',
    ],
  ])('%s', (_, before, after) => {
    const network = (flow: string) => `network N {\n  input x: 3x64x64\n  output y = x -> ${flow}\n}\n`
    expect(fixed(network(before))).toBe(network(after))
  })

  it('shows the same for each of them, whichever is fixed first', () => {
    checkFixes(
      CODE,
      `
      network N {
        input x: 3x64x64
        a = x -> conv(64, 3)
        b = a -> conv(64, 128, 3, 2)
        output y = b -> conv(128, 64, 3)
      }
      `,
      {
        'Write conv(128, 3, stride=2) → 128×30×30': 'b = a -> conv(128, 3, stride=2)',
      },
    )
  })
})

describe('the axes of another framework', () => {
  const offer = (stage: string, fixes: Readonly<Record<string, string>>) => {
    const expected = Object.entries(fixes).map(([title, flow]) => [title, `output y = x -> ${flow}`] as const)
    checkFixes(
      'unknown-option',
      `D = 2\nnetwork N {\n  input x: 8x9x9\n  output y = x -> ${stage}\n}\n`,
      Object.fromEntries(expected),
    )
  }

  it.each([
    ['softmax(dim=1)', { 'Change dim=1 to axis=0': 'softmax(axis=0)' }],
    ['softmax(dim=-1)', { 'Change dim=-1 to axis=-1': 'softmax(axis=-1)' }],
    ['log_softmax(dim=3)', { 'Change dim=3 to axis=2': 'log_softmax(axis=2)' }],
    ['softmax(dim=D)', { 'Change dim=2 to axis=1': 'softmax(axis=D - 1)' }],
    ['slice(0, 4, dim=1)', { 'Change dim=1 to axis=0': 'slice(0, 4, axis=0)' }],
    ['pad(2, dim=1)', { 'Change dim=1 to axis=0': 'pad(2, axis=0)' }],
    [
      'permute(dims=[0, 2, 1, 3])',
      { 'Change dims=[0, 2, 1, 3] to order=[1, 0, 2]': 'permute(order=[1, 0, 2])' },
    ],
    // The batch is no axis: what is meant cannot be known.
    ['softmax(dim=0)', { 'Change dim to axis': 'softmax(axis=0)' }],
  ])('%s', offer)

  it('are fixed unasked unless they name the batch', () => {
    const text = (name: string) => `network N {\n  input x: 8x9x9\n  output y = x -> softmax(${name})\n}\n`
    const fixed = (name: string) => {
      const { analysis, host } = analyzed(text(name))
      return fixAll(analysis, host, UNASKED)
    }
    expect(fixed('dim=2')).toBe(text('axis=1'))
    expect(fixed('dim=0')).toBeUndefined()
    expect(fixed('1')).toBeUndefined()
  })
})
