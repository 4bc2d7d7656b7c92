/**
 * Well-known architectures that are no examples: what all rules find in them is true of them, as the reasons say,
 * and whatever else is found is a false positive.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { findings } from '../../server/src/lint/findings'
import { declaredPlace } from '../helpers/findings'

const FOLDER = 'test/rules/architectures/'

interface Expected {
  readonly code: string
  readonly reason: string
  readonly places: Readonly<Record<string, readonly string[]>>
}

const EXPECTED: readonly Expected[] = [
  {
    code: 'bias-before-batchnorm',
    reason: 'Keras keeps the bias of the first convolution, which the first unit’s pre-activation cancels.',
    places: { residual: ['ResNet50V2: conv'] },
  },
  {
    code: 'channels-miss-multiple',
    reason: 'ShuffleNet v2 (table 5) has 116 channels, Kim’s network 100 features a window.',
    places: {
      mobile: ['v2_branch: channels', 'v2_branch: channels', 'v2_down: half_channels'],
      sequences: ['KimTextCNN: 100'],
    },
  },
  {
    code: 'checkerboard-upsampling',
    reason:
      'LinkNet, ENet, DCGAN (figure 1) and CycleGAN enlarge by transposed convolutions with kernels of 3 or 5 and stride 2, which Odena et al. show to leave checkerboards.',
    places: {
      dense_prediction: ['LinkNet: 3', 'enet_up: 3', 'link_decoder: 3'],
      generation: [
        ...['CycleGANGenerator: 3', 'CycleGANGenerator: 3'],
        ...Array.from({ length: 4 }, () => 'DCGANGeneratorPaper: 5'),
      ],
    },
  },
  {
    code: 'fully-connected-parameters',
    reason: 'They read flattened maps, as VGG does.',
    places: {
      others: ['C3D: flatten', 'embed: flatten'],
      sequences: ['CharCNN: flatten'],
    },
  },
  {
    code: 'input-size-sensitive',
    reason: 'The maps that meet in the decoder agree only at the sizes that the finding names.',
    places: {
      dense_prediction: [
        ...['AttentionUNet: concat', 'BiSeNet: add', 'UNetPlusPlus: concat', 'VNet: concat'],
        'hr_fuse: add',
      ],
      detection: ['YOLOv4Tiny: concat', 'hourglass: add'],
    },
  },
  {
    code: 'large-kernel',
    reason: 'V-Net uses 5×5×5 kernels throughout; nnU-Net and others have replaced them since.',
    places: { dense_prediction: ['vconv: 5', 'vconv: 5'] },
  },
  {
    code: 'normalisation-over-one-value',
    reason: 'BiSeNet normalises what it has pooled globally, in each attention and in its context tail.',
    places: { dense_prediction: ['BiSeNet: cbr(128, 1)', 'arm: batchnorm'] },
  },
  {
    code: 'pointwise-at-finer-map',
    reason: 'The transition of DenseNet, as in the examples.',
    places: { residual: ['DenseNet121: avgpool'] },
  },
  {
    code: 'representational-bottleneck',
    reason:
      'ESPNet reduces to a fifth of the channels while it halves the map; the 9×9 window of CapsNet strides over 20×20.',
    places: { dense_prediction: ['esp: conv'], others: ['primary: conv'] },
  },
  {
    code: 'stride-drops-pixels',
    reason: 'At these sizes a row, or the last samples, are left over.',
    places: {
      mobile: ['SqueezeNet10: 2', 'SqueezeNet11: 2'],
      others: ['primary: 2'],
      sequences: ['M5: maxpool'],
    },
  },
  {
    code: 'unproductive-layer',
    reason: 'The receptive field before exceeds the input, as Richter et al. report of such networks.',
    places: {
      inception: [
        'NASNetA_CIFAR: reduction_cell(d, e, 128)',
        'Xception: sep(728) -> relu -> sep(1024) -> maxpool(3, stride=2, padding=1) z = add(y, x -> conv(1024, 1, stride=2, bias=false) -> batchnorm) -> sep(1536) -> relu -> sep(2048)',
      ],
      mobile: [
        'EfficientNetB0: mbconv(192, 5, stride=2) -> 3 * mbconv(192, 5) -> mbconv(320, 3)',
        'MobileNetV1: dw_unit(1024)',
        'MobileNetV2: inverted(160, stride=2) -> 2 * inverted(160) -> inverted(320)',
        'MobileNetV3Large: v3_unit(3, 672, 112, 168, hardswish) -> v3_unit(5, 672, 160, 168, hardswish, stride=2) -> 2 * v3_unit(5, 960, 160, 240, hardswish)',
        'MobileNetV3Paper: 2 * v3_unit(5, 960, 160, 240, hardswish)',
        'ShuffleNetV1: shuffle_unit(960, stride=2) -> 3 * shuffle_unit(960)',
      ],
      others: ['VGG16BN_CIFAR: 3 * vgg_unit(512) -> maxpool(2) -> 3 * vgg_unit(512)'],
      residual: [
        'ConvNeXtT: 9 * convnext_unit -> layernorm -> conv(768, 2, stride=2) -> 3 * convnext_unit',
        'RepVGGA0: repvgg(1280, stride=2)',
        'ResNet50V2: preact(512, stride=2) -> 2 * preact(512)',
        'WRN28_10: wide(640, stride=2) -> 3 * wide(640)',
        'resnet: unit(512, stride=2) -> 2 * unit(512)',
      ],
    },
  },
]

const NAMES = readdirSync(FOLDER).map((file) => file.replace(/\.cnn$/, ''))

it.each(NAMES)('finds in %s what is true of the networks, and nothing else', (name) => {
  const analysis = analyze(
    'test.cnn',
    memoryHost({ 'test.cnn': readFileSync(`${FOLDER}${name}.cnn`, 'utf8') }),
  )
  const problems = findings(analysis)
  const found = problems.map((problem) => `${problem.code} ${declaredPlace(problem, analysis)}`)
  const expected = EXPECTED.flatMap(({ code, places }) =>
    (places[name] ?? []).map((place) => `${code} ${place}`),
  )
  expect(found.sort()).toEqual(expected.sort())
  expect(problems.filter(({ severity }) => severity === 'warning' || severity === 'error')).toEqual([])
})
