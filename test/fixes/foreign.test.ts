/** Calls of other frameworks in a flow: what is offered for each, and what of it is certain. */
import { describe, expect, it } from 'vitest'
import { fixAll, UNASKED } from '../../server/src/lint/fix-all'
import { offeredFixes } from '../../server/src/lint/offer'
import { applyEdits } from '../../server/src/model/problem'
import { analyzed } from '../helpers/problems'

/** What is written, then what it is here; several where it may be either, a choice where that is said. */
type Row = readonly [written: string, ours: string | readonly string[]]

/** What a call in a flow of maps, 8×32×32, becomes by each of its fixes; with the class of the first. */
function meant(written: string, shape = '[8, 32, 32]') {
  const before = 'network N {\n  input x: '
  const { analysis, host } = analyzed(`${before}${shape}\n  output y = x -> ${written}\n}\n`)
  expect([written, analysis.problems.length]).toEqual([written, 1])
  const [problem] = analysis.problems
  const fixes = problem ? offeredFixes({ analysis, host, problem }) : []
  const texts = fixes.map(({ edits }) => {
    const line = applyEdits(analysis.file.text, edits).split('\n').slice(2, -2).join('\n')
    return line.replace('  output y = x -> ', '')
  })
  return { texts, class: fixes[0]?.class }
}

describe.each<[string, string, readonly Row[]]>([
  [
    'PyTorch',
    '[8, 32, 32]',
    [
      ['Conv2d(8, 64, 3, padding=1)', 'conv(64, 3, padding=1)'],
      ['nn.Conv2d(in_channels=8, out_channels=64, kernel_size=3)', 'conv(64, 3)'],
      ['torch.nn.Conv2d(8, 64, (3, 3), stride=(2, 1), bias=False)', 'conv(64, 3, stride=[2, 1], bias=false)'],
      ['nn.ReLU()', 'relu'],
      ['nn.ReLU(inplace=True)', 'relu'],
      ['F.relu', 'relu'],
      ['F.max_pool2d(2)', 'maxpool(2)'],
      ['MaxPool2d(2)', 'maxpool(2)'],
      ['nn.MaxPool2d(kernel_size=3, stride=2, padding=1)', 'maxpool(3, stride=2, padding=1)'],
      ['nn.Upsample(scale_factor=2)', 'upsample(2)'],
      ['UpsamplingBilinear2d(scale_factor=2)', 'upsample(2, mode=bilinear, align_corners=true)'],
      ['ReflectionPad2d(1)', 'pad(1, mode=reflect)'],
      ['ReplicationPad2d((1, 2, 3, 4))', 'pad([3, 4, 1, 2], mode=nearest)'],
      ['F.pad((1, 2, 3, 4))', 'pad([3, 4, 1, 2])'],
      ['nn.AdaptiveAvgPool2d((1, 1))', 'adaptive_avgpool(1)'],
      ['nn.PReLU()', 'prelu(per_channel=false)'],
      ['nn.BatchNorm2d(8)', 'batchnorm'],
      ['nn.BatchNorm2d(8, momentum=None)', 'batchnorm'],
      ['torch.split([4, 4], dim=1) -> concat', 'split([4, 4]) -> concat'],
      ['torch.narrow(1, 2, 4)', 'slice(2, 6)'],
    ],
  ],
  [
    'Keras and TensorFlow',
    '[8, 32, 32]',
    [
      ["Conv2D(64, (3, 3), activation='relu', padding='same')", 'conv(64, 3, padding=same) -> relu'],
      ['layers.Conv2D(64, 3, 2)', 'conv(64, 3, stride=2)'],
      ['MaxPooling2D((2, 2))', 'maxpool(2)'],
      ['MaxPooling2D()', 'maxpool(2)'],
      ["AveragePooling2D(pool_size=3, strides=2, padding='same')", 'avgpool(3, stride=2, padding=same)'],
      ['UpSampling2D()', 'upsample'],
      ["UpSampling2D(size=(2, 2), interpolation='bilinear')", 'upsample(2, mode=bilinear)'],
      ['GlobalAveragePooling2D()', 'global_avgpool -> flatten'],
      ['GlobalAveragePooling2D(keepdims=True)', 'global_avgpool'],
      ['BatchNormalization(momentum=0.99)', 'batchnorm(momentum=0.01)'],
      // It is the value that it has here anyway.
      ['BatchNormalization(momentum=0.9)', 'batchnorm'],
      ['BatchNormalization(axis=-1, scale=False, center=False)', 'batchnorm(affine=false)'],
      ["Activation('relu')", 'relu'],
      ["layers.Activation('softmax')", 'softmax'],
      ['layers.LeakyReLU()', 'leaky_relu(0.3)'],
      ['LeakyReLU(alpha=0.2)', 'leaky_relu(0.2)'],
      ['ReLU(max_value=6)', 'relu6'],
      ['ZeroPadding2D(((1, 2), (3, 4)))', 'pad([1, 2, 3, 4])'],
      ['Cropping2D(((1, 2), (3, 0)))', 'pad([-1, -2, -3, 0])'],
      ["DepthwiseConv2D(3, padding='SAME', use_bias=False)", 'depthwise_conv(3, padding=same, bias=false)'],
      ["Conv2DTranspose(4, 2, strides=2, padding='same')", 'conv_transpose(4, 2, stride=2, padding=same)'],
      ['tf.nn.dropout(keep_prob=0.9)', 'dropout(0.1)'],
      ['tf.nn.local_response_normalization(depth_radius=2)', 'lrn(5, alpha=5, beta=0.5)'],
      [
        'tf.nn.lrn(4, bias=1.0, alpha=0.001 / 9.0, beta=0.75)',
        'lrn(9, k=1.0, alpha=(0.001 / 9.0) * (9), beta=0.75)',
      ],
      ['Softmax(axis=-1)', 'softmax'],
      ['layers.LayerNormalization(axis=-1)', 'layernorm'],
      ['tf.reduce_mean([1, 2], keepdims=True)', 'mean([1, 2], keep=true)'],
    ],
  ],
  [
    'Caffe, ONNX and Flax',
    '[8, 32, 32]',
    [
      ['Convolution(num_output=96, kernel_size=11, stride=4)', 'conv(96, 11, stride=4)'],
      ['Convolution(num_output=96, kernel_h=3, kernel_w=5, bias_term=false)', 'conv(96, [3, 5], bias=false)'],
      ['Pooling(pool=MAX, kernel_size=3, stride=2)', 'maxpool(3, stride=2, ceil=true)'],
      ['Pooling(pool=AVE, kernel_size=3)', 'avgpool(3, 1, ceil=true)'],
      ['InnerProduct(num_output=10)', 'flatten -> linear(10)'],
      ['LRN(local_size=5, alpha=0.0001, beta=0.75)', 'lrn(5, alpha=0.0001, beta=0.75)'],
      ['BatchNorm(moving_average_fraction=0.999)', 'batchnorm(momentum=0.001, affine=false)'],
      ['nn.Conv(features=64, kernel_size=(3, 3))', 'conv(64, 3, padding=same)'],
      ['ReduceMean(axes=[2, 3])', 'mean([1, 2], keep=true)'],
    ],
  ],
  [
    'signals',
    '[8, 64]',
    [
      ["Conv1D(16, 3, padding='causal')", 'conv(16, 3, padding=[2, 0])'],
      [
        "Conv1D(16, kernel_size=5, dilation_rate=4, padding='causal')",
        'conv(16, 5, dilation=4, padding=[16, 0])',
      ],
      ['nn.Conv1d(8, 16, 5, padding=2)', 'conv(16, 5, padding=2)'],
      ['LSTM(32, return_sequences=True)', 'lstm(32)'],
      ['nn.LSTM(64, 32, batch_first=True, bidirectional=True)', 'lstm(32, bidirectional=true)'],
    ],
  ],
])('a call of %s on %s', (_, shape, rows) => {
  it.each(rows)('%s', (written, ours) => {
    const found = meant(written, shape)
    if (typeof ours !== 'string') return expect([written, found.class]).toEqual([written, 'choice'])
    expect([written, found.texts, found.class]).toEqual([written, [ours], 'certain'])
  })
})

describe('a choice', () => {
  it.each<Row>([
    [
      'UpsamplingBilinear2d(2)',
      ['upsample(2, mode=bilinear, align_corners=true)', 'resize(2, align_corners=true)'],
    ],
    ['Dropout2d(0.2)', ['dropout(0.2)']],
    ['AlphaDropout(0.2)', ['dropout(0.2)']],
    ['PReLU()', ['prelu(per_channel=false)', 'prelu']],
    ['LeakyReLU()', ['leaky_relu', 'leaky_relu(0.3)']],
    ['Convolution2D(64, 3, 3)', ['conv(64, 3)', 'conv(64, 3, stride=3)']],
    ['PSRoIPool(7)', []],
    // What comes in is not what the call says.
    ['nn.Conv2d(3, 64, 3)', ['conv(64, 3)']],
    // It returns where the maxima were too.
    ['nn.MaxPool2d(2, return_indices=True)', ['maxpool(2)']],
    ['torch.cat()', ['concat']],
  ])('is %s', (written, ours) => {
    const found = meant(written)
    expect([written, ours.length === 0 ? [] : found.texts]).toEqual([written, ours])
    expect([written, found.class === 'certain']).toEqual([written, false])
  })

  it('stays as it is written where nobody is asked', () => {
    const text =
      'network N {\n  input x: [8, 32, 32]\n  output y = x -> UpsamplingBilinear2d(2) -> Dropout2d(0.2)\n}\n'
    const { analysis, host } = analyzed(text)
    expect(fixAll(analysis, host, UNASKED)).toBe(undefined)
  })
})
