import { describe, expect, it, test } from 'vitest'
import type { Host } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { hasSize, nearestSizes, type SizeSet, showSizes } from '../../server/src/fixes/size-sets'
import { type InputSizes, inputSizes, WHEN_ASKED } from '../../server/src/fixes/valid-sizes'
import { findings } from '../../server/src/lint/findings'
import { dedent } from '../helpers/annotations'
import { onlyRule } from '../helpers/findings'
import { sampled } from '../helpers/sample'
import { exampleHost } from '../zoo/examples'

const LETTERS: Readonly<Record<number, string>> = { 1: 'L', 2: 'HW', 3: 'DHW' }

interface Found {
  readonly host: Host
  readonly file: string
  readonly network: string
  readonly sizes: InputSizes
}

function found(file: string, host: Host, network: string, input?: string): Found {
  const analysis = analyze(file, host)
  const graph = analysis.networks.find(({ name }) => name === network)
  const node = graph?.inputs.find(({ name }) => input === undefined || name.name === input)?.node
  const sizes = graph && node && inputSizes(analysis, host.resolve, graph, node, WHEN_ASKED)
  if (sizes === undefined) throw new Error('No sizes are found.')
  return { host, file, network, sizes }
}

/** The sizes of the only network in a text. */
function inText(text: string): Found {
  const host = memoryHost({ 'a.cnn': dedent(text) })
  return found('a.cnn', host, analyze('a.cnn', host).networks[0]?.name ?? '')
}

function ofInput(shape: string, output: string, before = ''): Found {
  return inText(`${before}\nnetwork N {\n  input image: ${shape}\n  output y = ${output}\n}\n`)
}

/** What is shown, one entry per group of axes: the sizes that work, and those at which no pixel is left out. */
function said({ sizes }: Found): readonly string[] {
  const letters = LETTERS[sizes.shape.length - 1] ?? ''
  return sizes.axes.map(({ axes, works, whole }) => {
    const name = axes.map((axis) => letters[axis - 1]).join('=')
    const [all, even] = [showSizes(works, name), showSizes(whole, name)]
    return all === even ? all : `${all}; whole: ${even}`
  })
}

describe('the sizes that work', () => {
  test('U-Net without padding: at the paper’s sizes no pooling sees an odd size', () => {
    expect(said(found('segmentation/unet.cnn', exampleHost(), 'UNet'))).toEqual([
      'H ≥ 188; whole: H ≡ 12 (mod 16), H ≥ 188',
      'W ≥ 188; whole: W ≡ 12 (mod 16), W ≥ 188',
    ])
  })

  test.each([
    ['classification/alexnet.cnn', 'AlexNet', 'H ≥ 67; whole: H ≡ 3 (mod 32), H ≥ 67'],
    ['classification/inception_v3.cnn', 'InceptionV3', 'H ≥ 75; whole: H ≡ 11 (mod 32), H ≥ 75'],
    ['classification/resnet.cnn', 'ResNet50', 'H ≥ 1'],
    ['detection/yolov3.cnn', 'YOLOv3', 'H ≡ 0 or 25 to 31 (mod 32)'],
    ['segmentation/segnet.cnn', 'SegNet', 'H ≥ 32; whole: H ≡ 0 (mod 32)'],
    ['segmentation/gcn.cnn', 'GCN', 'H ≡ 0 or 29 to 31 (mod 32), also 1 to 4'],
  ])('%s', (path, network, expected) => {
    expect(said(found(path, exampleHost(), network))[0]).toBe(expected)
  })

  test('one, two and three axes are told apart', () => {
    expect(said(ofInput('[2, 64]', 'image -> maxpool(4)'))).toEqual(['L ≥ 4; whole: L ≡ 0 (mod 4)'])
    expect(said(ofInput('[2, 8, 12]', 'image -> maxpool([2, 3])'))).toEqual([
      'H ≥ 2; whole: H ≡ 0 (mod 2)',
      'W ≥ 3; whole: W ≡ 0 (mod 3)',
    ])
    expect(said(ofInput('[2, 4, 6, 9]', 'image -> conv(2, [1, 2, 3])'))).toEqual(['D ≥ 1', 'H ≥ 2', 'W ≥ 3'])
  })

  test('a size that is written into the network is the only one', () => {
    expect(said(ofInput('[3, 64, 64]', 'add(image, image -> resize([64, 64]))'))).toEqual([
      // A map of one position meets maps of every size.
      'H = 1 or 64',
      'W = 1 or 64',
    ])
    expect(said(ofInput('[3, 8, 8]', 'image -> crop(6)'))).toEqual(['H ≥ 6', 'W ≥ 6'])
  })

  test('axes that depend on each other are shown together', () => {
    const swapped = ofInput('[3, 16, 16]', 'concat(image, image -> permute([0, 2, 1]))')
    expect(said(swapped)).toEqual(['H=W ≥ 1'])
  })

  test('an input that only fits another changes with it', () => {
    const text = `
      network N {
        input left: [3, 32, 32]
        input right: [3, 32, 32]
        output y = sub(left -> maxpool(2) -> conv(8, 3), right -> maxpool(2) -> conv(8, 3))
      }`
    expect(said(inText(text))).toEqual([
      'H ≥ 6; whole: H ≡ 0 (mod 2), H ≥ 6',
      'W ≥ 6; whole: W ≡ 0 (mod 2), W ≥ 6',
    ])
    expect(inText(text).sizes.along.map(({ name }) => name.name)).toEqual(['right'])
  })

  test('the layers whose weights depend on the size are named', () => {
    const classifier = ofInput('[3, 32, 32]', 'image -> conv(8, 3) -> maxpool(2) -> flatten -> linear(10)')
    expect(said(classifier)[0]).toBe('H ≥ 4; whole: H ≡ 0 (mod 2), H ≥ 4')
    expect(classifier.sizes.weights.map(({ layer }) => layer.name)).toEqual(['linear'])
    expect(ofInput('[3, 32, 32]', 'image -> global_avgpool -> flatten -> linear(10)').sizes.weights).toEqual(
      [],
    )
  })

  test('a network that reads sizes is evaluated anew for each', () => {
    const before =
      'block halve(x: tensor) { if x.height % 2 == 0 { return x -> maxpool(2) } return x -> crop(20) }'
    expect(said(ofInput('[3, 32, 32]', 'image -> halve', before))[0]).toBe('H=W ≥ 20, also 2, 4, 6, … 18')
  })

  test('weights that are shared fit one size', () => {
    const text = `
      network N {
        input image: [3, 32, 32]
        shared top = flatten -> linear(4)
        output y = add(image -> top, image -> avgpool(2) -> upsample(2) -> top)
      }`
    expect(said(inText(text))).toEqual(['H ≡ 0 (mod 2)', 'W ≡ 0 (mod 2)'])
  })

  test('nothing is shown for a network with a fault, and of vectors', () => {
    expect(() => ofInput('[3, 8, 8]', 'image -> conv(8, 9)')).toThrow()
    expect(() => ofInput('[8]', 'image -> linear(4)')).toThrow()
  })
})

describe('what is worked out from few layers agrees with analyses of the text', () => {
  const examples: readonly (readonly [string, () => Found])[] = [
    ['U-Net', () => found('segmentation/unet.cnn', exampleHost(), 'UNet')],
    ['ResidualUNet', () => found('segmentation/residual_unet.cnn', exampleHost(), 'ResidualUNet')],
    ['LeNet5', () => found('classification/lenet5.cnn', exampleHost(), 'LeNet5')],
    ['AlexNet', () => found('classification/alexnet.cnn', exampleHost(), 'AlexNet')],
    ['NIN', () => found('classification/nin.cnn', exampleHost(), 'NINCifar10')],
    ['SegNet', () => found('segmentation/segnet.cnn', exampleHost(), 'SegNet')],
    ['YOLOv2', () => found('detection/yolov2.cnn', exampleHost(), 'YOLOv2')],
    ['GCN', () => found('segmentation/gcn.cnn', exampleHost(), 'KernelCosts')],
    [
      'reflections, transposed windows, crops',
      () =>
        ofInput(
          '[3, 40, 40]',
          'image -> conv(4, 7, padding=3, padding_mode=reflect) -> maxpool(3, stride=2, ceil=true) -> conv(4, 3) -> conv_transpose(4, 4, stride=2, padding=1) -> crop(9, offset=2)',
        ),
    ],
    [
      'a sequence',
      () => ofInput('[3, 50]', 'image -> conv(4, 3, stride=3) -> space_to_depth(2) -> conv(4, 5)'),
    ],
    ['a volume', () => ofInput('[1, 9, 12, 15]', 'image -> avgpool([2, 3, 4]) -> conv(4, [3, 1, 2])')],
  ]

  it.each(sampled(examples, 3))('%s', (_, make) => {
    const { host, file, network, sizes } = make()
    // The rule that drops are compared with speaks of the first axis that has one: the others have none.
    const even = sizes.shape.map((one, i) => {
      const along = sizes.axes.find(({ axes }) => axes.includes(i))?.whole
      return along === undefined || hasSize(along, one) ? one : (nearestSizes(along, one).at(-1) ?? one)
    })
    for (const { axes, works, whole } of sizes.axes) {
      const [axis = 1] = axes
      const end =
        (works.period === 0 ? Math.max(...works.smaller) : works.least) +
        2 * Math.max(works.period, whole.period) +
        2
      for (let size = 1; size <= end; size++) {
        const shape = even.map((one, i) =>
          axes.includes(i) ? (sizes.shape[i] as number) + size - (sizes.shape[axis] as number) : one,
        )
        if (shape.some((one) => one < 1)) continue
        const analysis = analyze(file, host, {
          network,
          inputs: { [sizes.input.name.name]: shape.join('x') },
        })
        const isSound = analysis.problems.every(({ severity }) => severity !== 'error')
        expect([size, hasSize(works, size)]).toEqual([size, isSound])
        if (isSound) expect([size, hasSize(whole, size)]).toEqual([size, !drops(analysis, axis)])
      }
    }
  })
})

/** Whether a layer drops pixels along an axis, by the rule that looks for that. */
function drops(analysis: ReturnType<typeof analyze>, axis: number): boolean {
  const names = ['', 'length', 'height', 'width', 'depth']
  const found = findings(analysis, { settings: onlyRule('stride-drops-pixels') })
  const rank = (analysis.networks[0]?.inputs[0]?.node?.tensor.shape.length ?? 0) - 1
  const name = rank === 1 ? names[1] : rank === 2 ? names[axis + 1] : ['depth', 'height', 'width'][axis - 1]
  return found.some(
    ({ code, message }) => code === 'stride-drops-pixels' && message.includes(` of the ${name} `),
  )
}

describe('a set of sizes', () => {
  const set: SizeSet = {
    least: 61,
    period: 32,
    remainders: [0, 29, 30, 31],
    smaller: [21, 22, 23],
    isOpen: false,
  }

  test('has sizes by their remainder, and smaller ones by name', () => {
    expect([21, 24, 61, 64, 65, 93].map((size) => hasSize(set, size))).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
    ])
  })

  test('knows the nearest below and above', () => {
    expect(nearestSizes(set, 70)).toEqual([64, 93])
    expect(nearestSizes(set, 50)).toEqual([23, 61])
    expect(nearestSizes(set, 10)).toEqual([21])
    expect(nearestSizes(set, 22)).toEqual([21, 23])
  })

  test('is shown in few words', () => {
    expect(showSizes(set, 'H')).toBe('H ≡ 0 or 29 to 31 (mod 32), H ≥ 61, also 21 to 23')
    expect(showSizes({ ...set, smaller: [], isOpen: true }, 'W')).toBe(
      'W ≡ 0 or 29 to 31 (mod 32), W ≥ 61 (smaller ones were not tried)',
    )
    const even = { least: 2, period: 2, remainders: [0], smaller: [], isOpen: false }
    expect(showSizes(even, 'H')).toBe('H ≡ 0 (mod 2)')
    expect(showSizes({ ...even, period: 1 }, 'H')).toBe('H ≥ 2')
  })
})
