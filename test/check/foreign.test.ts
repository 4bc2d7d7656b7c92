/** Texts of other frameworks: one problem for each call, and what is certain behind it. */
import { describe, expect, it } from 'vitest'
import { fixAll, UNASKED } from '../../server/src/lint/fix-all'
import { offeredFixes } from '../../server/src/lint/offer'
import { outlineOf } from '../../server/src/model/value'
import { analyzed, checkProblems } from '../helpers/problems'

/** The shape behind a name, as far as it is certain. */
function certain(source: string, name: string) {
  const { analysis } = analyzed(source)
  const binding = analysis.networks[0]?.bindings.findLast((each) => each.name.name === name)
  return binding && outlineOf(binding.value)?.firm
}

describe('a call of another framework', () => {
  it('is one problem, whatever stands in it, and no mistake behind it', () => {
    checkProblems(`
      network N {
        input x: [3, 20, 20]
        a = x -> nn.Conv2d(in_channels=3, out_channels=64, kernel_size=(3, 3), bias=False)
        #        ^^^^^^^^^ error[unknown-layer]: Write \`conv(64, 3, bias=false)\`
        b = a -> Conv2D(64, (3, 3), activation='relu', padding='same') -> MaxPooling2D((2, 2))
        #        ^^^^^^ error[unknown-layer]: Write \`conv(64, 3, padding=same) -> relu\`
        #                                                                 ^^^^^^^^^^^^ error[unknown-layer]: Write \`maxpool(2)\`
        c = F.relu(F.max_pool2d(b, 2))
        #   ^^^^^^ error[unknown-layer]: Write \`b -> maxpool(2) -> relu\`
        output y = c -> conv(64, 8, padding=1)
        #                        ^ error[window-exceeds-input]
      }
    `)
  })

  it('is one problem where it holds others', () => {
    checkProblems(`
      network N {
        input x: [3, 32, 32]
        a = x -> nn.Sequential(
        #        ^^^^^^^^^^^^^ error[unknown-layer]: Write \`conv(64, 3, bias=false) -> batchnorm -> relu\`
          nn.Conv2d(3, 64, kernel_size=3, bias=False),
          nn.BatchNorm2d(64),
          nn.ReLU(inplace=True),
        )
        output y = a -> nn.Sequential(nn.Sequential(nn.ReLU()), OrderedDict([('pool', nn.MaxPool2d(2))]))
        #               ^^^^^^^^^^^^^ error[unknown-layer]
      }
    `)
  })

  it('has its shape where it has one meaning', () => {
    const flow = (text: string) => `network N { input x: 3x32x32\n y = x -> ${text}\n output z = y }`
    expect(certain(flow('nn.Conv2d(3, 64, 3, padding=1)'), 'y')).toEqual([64, 32, 32])
    expect(certain(flow('nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2))'), 'y')).toEqual([8, 15, 15])
    expect(certain(flow('conv(3, 64, kernel_size=3)'), 'y')).toEqual([64, 30, 30])
    expect(certain(flow('conv(3, 64, 7, 2, 3)'), 'y')).toEqual([64, 16, 16])
    expect(certain(flow('conv(64, 3, activation="relu")'), 'y')).toEqual([64, 30, 30])
    expect(certain(flow('GlobalAveragePooling2D() -> Dense(10)'), 'y')).toEqual([10])
  })

  it('in doubtful order leaves its channels unknown', () => {
    expect(
      certain('network N { input x: 8x32x32\n y = x -> conv(64, 128, 3, 1)\n output z = y }', 'y'),
    ).toEqual([null, null, null])
  })

  it('keeps the mistakes of its neighbours', () => {
    checkProblems(`
      network N {
        input x: [3, 32, 32]
        output y = x -> nn.ReLU() -> cnov(3) -> nn.Foo(2)
        #               ^^^^^^^ error[unknown-layer]: Write \`relu\`
        #                            ^^^^ error[unknown-layer]: No layer
        #                                       ^^^^^^ error[unknown-layer]: No layer
      }
    `)
  })

  it('does not have the names that the file has', () => {
    checkProblems(`
      block Dense(x: tensor, growth) { return concat(x, x -> conv(growth, 3, padding=1)) }
      network N {
        input x: [3, 32, 32]
        output y = x -> Dense(12)
      }
    `)
  })
})

describe('a module', () => {
  const MODULE = `network LeNet {
  input x: [1, 28, 28]
  self.conv1 = nn.Conv2d(1, 32, 3, 1)
  self.fc1 = nn.Linear(5408, 10)
  x = F.relu(self.conv1(x))
  x = torch.flatten(F.max_pool2d(x, 2), 1)
  x = self.fc1(x)
  output y = F.log_softmax(x, dim=1)
}
`

  it('has one problem on each line', () => {
    const { analysis } = analyzed(MODULE)
    const lines = analysis.problems.map(({ range }) => MODULE.slice(0, range.start).split('\n').length)
    expect(lines).toEqual([3, 4, 5, 6, 7, 8])
  })

  it('is a network when all that is certain is applied', () => {
    const { analysis, host } = analyzed(MODULE)
    const text = fixAll(analysis, host, UNASKED)
    expect(text).toBe(`network LeNet {
  input x: [1, 28, 28]
  shared conv1 = conv(32, 3, stride=1)
  shared fc1 = linear(10)
  x = conv1(x) -> relu
  x = x -> maxpool(2) -> flatten
  x = fc1(x)
  output y = x -> log_softmax(axis=0)
}
`)
    const after = analyzed(text ?? '').analysis
    expect(after.problems).toEqual([])
    expect(after.networks[0]?.totals?.params).toBe(320 + 54_090)
  })
})

describe('what a call of ours has from another framework', () => {
  it('is one problem', () => {
    checkProblems(`
      network N {
        input x: [3, 32, 32]
        a = x -> conv(3, 64, kernel_size=3, use_bias=false)
        #                    ^^^^^^^^^^^ error[unknown-option]: Write \`conv(64, kernel=3, bias=false)\`
        b = x -> maxpool(kernel_size=2, strides=2)
        #                ^^^^^^^^^^^ error[unknown-option]: Write \`maxpool(kernel=2, stride=2)\`
        c = x -> layernorm([3, 32, 32]) -> dropout(keep_prob=0.9)
        #                  ^^^^^^^^^^^ error[option-needs-name]: Write \`layernorm(axes=[0, 1, 2])\`
        #                                          ^^^^^^^^^ error[unknown-option]: Write \`rate=0.1\`
        d = x -> lrn(depth_radius=2) -> batchnorm(moving_average_fraction=0.999)
        #            ^^^^^^^^^^^^ error[unknown-option]: Write \`size=5\`
        #                                         ^^^^^^^^^^^^^^^^^^^^^^^ error[unknown-option]: Write \`momentum=0.001\`
        e = x -> conv(8, 3, padding=1, padding_mode=replicate)
        #                                           ^^^^^^^^^ error[option-value]: Did you mean \`nearest\`?
        f = x -> relu(inplace=True) -> conv(8, 3, activation="relu")
        #             ^^^^^^^ error[unknown-option]: Write \`relu\`
        #                                         ^^^^^^^^^^ error[unknown-option]: Write \`conv(8, 3) -> relu\`
        output y = x -> permute(0, 2, 3, 1)
        #                          ^ error[option-needs-name]: Write \`permute([1, 2, 0])\`
      }
    `)
  })

  it.each([
    ['dropout(keep_prob=0.9)', 'dropout(rate=0.1)'],
    ['dropout(keep_prob=k)', 'dropout(rate=1 - k)'],
    ['lrn(depth_radius=2)', 'lrn(size=5)'],
    ['conv(8, 3, padding=1, padding_mode=replicate)', 'conv(8, 3, padding=1, padding_mode=nearest)'],
    ['conv(3, 64, kernel_size=3)', 'conv(64, kernel=3)'],
    ['layernorm([3, 32, 32])', 'layernorm(axes=[0, 1, 2])'],
    ['softmax(dim=1)', 'softmax(axis=0)'],
  ])('%s is %s, which is certain', (written, ours) => {
    const { analysis, host } = analyzed(`network N(k=0.5) { input x: 3x32x32\n output y = x -> ${written} }`)
    const [problem] = analysis.problems
    const [fix] = problem ? offeredFixes({ analysis, host, problem }) : []
    expect(fix?.class).toBe('certain')
    expect(fixAll(analysis, host, UNASKED)).toContain(`x -> ${ours} }`)
  })
})

it('ends however deeply calls stand in each other', () => {
  const nested = (name: string, inner: string) => `${name}(`.repeat(40) + inner + ')'.repeat(40)
  for (const flow of [`x -> ${nested('nn.Sequential', 'nn.ReLU()')}`, nested('F.relu', 'x')]) {
    const { analysis } = analyzed(`network N { input x: 3x8x8\n output y = ${flow} }`)
    expect(analysis.problems.map(({ code }) => code)).toEqual(['unknown-layer'])
  }
})
