import type { ShapeRow } from './shape-row'

const LENET_C3 = `[${[
  ...['[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5], [0, 1, 2, 3], [1, 2, 3, 4]'],
  ...['[2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5], [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5]'],
  ...['[0, 1, 2, 3, 4, 5]'],
].join(', ')}]`

/** Calls of each layer with what they make, worked out by hand or by the papers; those that arrange have theirs apart. */
export const ROWS: Readonly<Record<string, readonly ShapeRow[]>> = {
  // The stem of ResNet; AlexNet's second layer with two groups; LeNet-5 (LeCun et al. 1998, §II.B).
  conv: [
    ['conv(64, 7, stride=2, padding=3, bias=false)', [[3, 224, 224]], [[64, 112, 112]], 9408, 118_013_952],
    ['conv(256, 5, padding=2, groups=2)', [[96, 27, 27]], [[256, 27, 27]], 307_456, 223_948_800],
    ['conv(6, 5)', [[1, 32, 32]], [[6, 28, 28]], 156, 117_600],
    [`conv(16, 5, connections=${LENET_C3})`, [[6, 14, 14]], [[16, 10, 10]], 1516, 150_000],
    ['conv(120, 5)', [[16, 5, 5]], [[120, 1, 1]], 48_120, 48_000],
    ['conv(8, 3, stride=2, padding=same)', [[4, 5, 6]], [[8, 3, 3]], 296, 2592],
    ['conv(8, 4, padding=half)', [[4, 5, 6]], [[8, 6, 7]], 520, 21_504],
    ['conv(8, 3, padding=full, dilation=2)', [[4, 5]], [[8, 9]], 104, 864],
    ['conv(8, 3, padding=[0, 1, 2, 0])', [[4, 5, 6]], [[8, 4, 6]], 296, 6912],
    ['conv(2, 1x3x3)', [[1, 4, 5, 6]], [[2, 4, 3, 4]], 20, 864],
  ],
  depthwise_conv: [
    ['depthwise_conv(3, padding=1, bias=false)', [[32, 112, 112]], [[32, 112, 112]], 288, 3_612_672],
    ['depthwise_conv(3, multiplier=2, stride=2, padding=1)', [[4, 7]], [[8, 4]], 32, 96],
  ],
  // 16 · 9 + 16 · 32 weights in place of 16 · 9 · 32 = 4,608.
  separable_conv: [['separable_conv(32, 3, padding=1, bias=false)', [[16, 8, 8]], [[32, 8, 8]], 656, 41_984]],
  // U-Net's up-convolution; DCGAN's; FCN's 32-fold one.
  conv_transpose: [
    ['conv_transpose(512, 2, stride=2)', [[1024, 28, 28]], [[512, 56, 56]], 2_097_664, 1_644_167_168],
    [
      'conv_transpose(128, 4, stride=2, padding=1, bias=false)',
      [[256, 8, 8]],
      [[128, 16, 16]],
      524_288,
      33_554_432,
    ],
    [
      'conv_transpose(21, 64, stride=32, bias=false)',
      [[21, 16, 16]],
      [[21, 544, 544]],
      1_806_336,
      462_422_016,
    ],
    ['conv_transpose(4, 3, stride=2, padding=1, output_padding=1)', [[2, 5]], [[4, 10]], 28, 120],
    ['conv_transpose(4, 3, stride=2, padding=same)', [[2, 5]], [[4, 10]], 28, 120],
    ['conv_transpose(4, 2, stride=3, padding=same)', [[2, 5]], [[4, 15]], 20, 80],
    ['conv_transpose(4, 3, dilation=2, groups=2)', [[2, 5]], [[4, 9]], 16, 60],
  ],
  dynamic_conv: [
    ['dynamic_conv', [[256, 28, 28], [80 * 256]], [[80, 28, 28]], 0, 16_056_320],
    [
      'dynamic_conv(3, groups=2)',
      [
        [4, 6, 6],
        [6, 18],
      ],
      [[6, 4, 4]],
      0,
      1728,
    ],
  ],
  // The local layer of darknet's yolov1.cfg: 49 times the weights of a convolution.
  locally_connected: [
    ['locally_connected(256, 3, padding=1)', [[1024, 7, 7]], [[256, 7, 7]], 115_618_048, 115_605_504],
    ['locally_connected(2, 3, stride=2, bias=false)', [[4, 7]], [[2, 3]], 72, 72],
  ],
  maxpool: [
    ['maxpool(3, stride=2, padding=1)', [[64, 112, 112]], [[64, 56, 56]]],
    ['maxpool(2)', [[8, 5, 6]], [[8, 2, 3]]],
    ['maxpool(2, ceil=true)', [[8, 5, 6]], [[8, 3, 3]]],
    // The third window would start in the padding behind the input.
    ['maxpool(2, stride=2, padding=1, ceil=true)', [[1, 5]], [[1, 3]]],
    ['maxpool(2, stride=3, padding=1, ceil=true)', [[1, 2]], [[1, 1]]],
    ['maxpool(3, stride=1, dilation=2)', [[1, 7]], [[1, 3]]],
  ],
  avgpool: [
    ['avgpool(7)', [[2048, 7, 7]], [[2048, 1, 1]]],
    ['avgpool(5, stride=3)', [[512, 14, 14]], [[512, 4, 4]]],
    ['avgpool(3, stride=1, padding=same)', [[192, 35, 35]], [[192, 35, 35]]],
  ],
  subsample: [['subsample(2)', [[6, 28, 28]], [[6, 14, 14]], 12]],
  global_avgpool: [['gap', [[8, 3, 4, 5]], [[8, 1, 1, 1]]]],
  global_maxpool: [['global_maxpool', [[8, 9]], [[8, 1]]]],
  adaptive_avgpool: [['adaptive_avgpool(6x3)', [[8, 13, 2]], [[8, 6, 3]]]],
  adaptive_maxpool: [['adaptive_maxpool(2)', [[8, 5]], [[8, 2]]]],
  // SPP-net's pyramid of 50 bins (6·6 + 3·3 + 2·2 + 1).
  spatial_pyramid_pool: [
    ['spp([6, 3, 2, 1])', [[256, 13, 13]], [[12_800]]],
    ['spp', [[4, 9]], [[28]]],
  ],
  upsample: [
    ['upsample(2)', [[8, 13, 13]], [[8, 26, 26]]],
    ['upsample([1, 1.5])', [[8, 5, 5]], [[8, 5, 7]]],
    ['upsample(0.29)', [[1, 100]], [[1, 28]]],
  ],
  resize: [
    ['resize(56x60)', [[8, 13, 13]], [[8, 56, 60]]],
    [
      'resize',
      [
        [8, 13, 13],
        [3, 7, 6],
      ],
      [[8, 7, 6]],
    ],
  ],
  pixel_shuffle: [
    ['pixel_shuffle(3)', [[27, 9, 12]], [[3, 27, 36]]],
    ['pixel_shuffle(2)', [[8, 5]], [[4, 10]]],
  ],
  space_to_depth: [['reorg(2)', [[64, 26, 26]], [[256, 13, 13]]]],
  channel_shuffle: [['channel_shuffle(3)', [[240, 28, 28]], [[240, 28, 28]]]],
  pad: [
    ['pad(1)', [[3, 5, 5]], [[3, 7, 7]]],
    ['pad([1, 2])', [[3, 5, 5]], [[3, 7, 9]]],
    ['pad([0, 1, 2, 3])', [[3, 5, 5]], [[3, 6, 10]]],
    ['pad([8, 8], axis=0)', [[16, 32, 32]], [[32, 32, 32]]],
    ['pad(2, axis=-1)', [[16, 8, 8]], [[16, 8, 12]]],
    ['pad([-1, -2])', [[3, 9]], [[3, 6]]],
    ['pad([3, 1], axis=0)', [[4]], [[8]]],
  ],
  crop: [
    ['crop(34, offset=5)', [[21, 40, 40]], [[21, 34, 34]]],
    [
      'crop(offset=[1, 0])',
      [
        [21, 40, 40],
        [1, 39, 40],
      ],
      [[21, 39, 40]],
    ],
  ],
  center_crop: [
    [
      'center_crop',
      [
        [64, 65, 64],
        [32, 56, 56],
      ],
      [[64, 56, 56]],
    ],
  ],
  linear: [
    ['linear(1000)', [[2048]], [[1000]], 2_049_000, 2_048_000],
    ['fc(84, bias=false)', [[7, 120]], [[7, 84]], 10_080, 70_560],
  ],
  dynamic_linear: [
    ['dynamic_linear', [[1024], [81, 1024]], [[81]], 0, 82_944],
    ['dynamic_linear', [[7, 4], [24]], [[7, 6]], 0, 168],
  ],
  rbf: [['rbf(10)', [[84]], [[10]], 840]],
  flatten: [['flatten', [[16, 5, 5]], [[400]]]],
  reshape: [
    ['reshape([16, -1])', [[16, 5, 5]], [[16, 25]]],
    ['reshape(-1)', [[16, 5, 5]], [[400]]],
    ['reshape([4, 4, 25])', [[400]], [[4, 4, 25]]],
  ],
  permute: [['permute([1, 2, 0])', [[255, 13, 14]], [[13, 14, 255]]]],
  identity: [['identity', [[5]], [[5]]]],
  batchnorm: [
    ['bn', [[64, 8, 8]], [[64, 8, 8]], 128],
    ['batchnorm(affine=false)', [[64]], [[64]]],
  ],
  instancenorm: [
    ['instancenorm', [[64, 8, 8]], [[64, 8, 8]]],
    ['instancenorm(affine=true)', [[64, 8]], [[64, 8]], 128],
  ],
  layernorm: [
    ['layernorm', [[96, 8, 8]], [[96, 8, 8]], 192],
    ['layernorm', [[50, 64]], [[50, 64]], 128],
    ['layernorm', [[64]], [[64]], 128],
  ],
  groupnorm: [['groupnorm(32)', [[64, 8, 8]], [[64, 8, 8]], 128]],
  lrn: [['lrn(5, k=2)', [[96, 55, 55]], [[96, 55, 55]]]],
  l2norm: [
    ['l2norm', [[512, 38, 38]], [[512, 38, 38]], 512],
    ['l2norm(scale=false)', [[512]], [[512]]],
  ],
  prelu: [
    ['prelu', [[64, 8, 8]], [[64, 8, 8]], 64],
    ['prelu(per_channel=false)', [[64]], [[64]], 1],
  ],
  maxout: [['maxout(3)', [[96, 8]], [[32, 8]]]],
  group_softmax: [
    ['group_softmax(9)', [[18, 38, 50]], [[18, 38, 50]]],
    ['group_softmax([2, 5, 1])', [[845, 8]], [[845, 8]]],
    ['group_softmax', [[1369]], [[1369]]],
  ],
  softmax: [['softmax(axis=-1)', [[4, 5]], [[4, 5]]]],
  add: [
    [
      'add',
      [
        [8, 4, 4],
        [8, 4, 4],
        [8, 4, 4],
      ],
      [[8, 4, 4]],
    ],
    [
      'add',
      [
        [8, 1, 4],
        [1, 3, 1],
      ],
      [[8, 3, 4]],
    ],
  ],
  mul: [
    [
      'mul',
      [
        [8, 4, 4],
        [8, 1, 1],
      ],
      [[8, 4, 4]],
    ],
  ],
  concat: [
    [
      'concat',
      [
        [8, 4, 4],
        [3, 4, 4],
        [1, 4, 4],
      ],
      [[12, 4, 4]],
    ],
    [
      'concat(axis=-1)',
      [
        [8, 4],
        [8, 3],
      ],
      [[8, 7]],
    ],
  ],
  split: [
    [
      'split(2)',
      [[8, 4]],
      [
        [4, 4],
        [4, 4],
      ],
    ],
    [
      'split([1, 5, 2])',
      [[8, 4]],
      [
        [1, 4],
        [5, 4],
        [2, 4],
      ],
    ],
    [
      'split(2, axis=1)',
      [[8, 4]],
      [
        [8, 2],
        [8, 2],
      ],
    ],
  ],
  slice: [
    ['slice(2, 5)', [[8, 4]], [[3, 4]]],
    ['slice(-3, -1, axis=1)', [[8, 4]], [[8, 2]]],
  ],
  matmul: [
    [
      'matmul',
      [
        [2, 3],
        [3, 5],
      ],
      [[2, 5]],
      0,
      30,
    ],
    [
      'matmul(transpose_a=true, transpose_b=true)',
      [
        [3, 2],
        [5, 3],
      ],
      [[2, 5]],
      0,
      30,
    ],
  ],
  scale: [['scale', [[64, 3, 3]], [[64, 3, 3]], 64]],
  parameter: [['parameter([64, 1, 1])', [], [[64, 1, 1]], 64]],
  // PyTorch: sum of parameters of nn.LSTM(64, 128), nn.LSTM(64, 128, 2), bidirectional, nn.GRU without bias.
  lstm: [
    ['lstm(128)', [[100, 64]], [[100, 128]], 99_328, 9_830_400],
    ['lstm(128, layers=2)', [[100, 64]], [[100, 128]], 231_424, 22_937_600],
  ],
  bilstm: [['bilstm(128, layers=2)', [[100, 64]], [[100, 256]], 593_920, 58_982_400]],
  gru: [['gru(128, bias=false)', [[100, 64]], [[100, 128]], 73_728, 7_372_800]],
  conv_lstm: [
    [
      'conv_lstm(16)',
      [[3, 32, 32]],
      [
        [16, 32, 32],
        [16, 32, 32],
      ],
      11_008,
      11_206_656,
    ],
  ],
  affinity: [
    [
      'affinity',
      [
        [64, 5, 7],
        [64, 5, 7],
      ],
      [[11, 5, 7]],
      0,
      24_640,
    ],
  ],
  aggregation: [
    [
      'aggregation',
      [
        [11, 5, 7],
        [512, 5, 7],
      ],
      [[512, 5, 7]],
      0,
      197_120,
    ],
  ],
  selective_search: [['selective_search(100)', [[3, 50, 50]], [[100, 4]]]],
  proposals: [
    [
      'proposals',
      [
        [18, 38, 50],
        [36, 38, 50],
      ],
      [[300, 4]],
    ],
    [
      'proposals(1000)',
      [
        [17_100, 2],
        [17_100, 4],
      ],
      [[1000, 4]],
    ],
    ['proposals(100)', [[21], [84]], [[100, 4]]],
  ],
  roi_align: [
    [
      'roi_align(7)',
      [
        [256, 50, 50],
        [256, 25, 25],
        [1000, 4],
      ],
      [[256, 7, 7]],
    ],
  ],
  // The 32 channels of MaskLab: eight directions, four distances.
  direction_pool: [
    [
      'direction_pool(41, directions=8, distances=4)',
      [
        [32, 50, 50],
        [100, 4],
      ],
      [[1, 41, 41]],
    ],
    [
      'direction_pool([5, 7])',
      [
        [16, 50, 50],
        [100, 4],
      ],
      [[2, 5, 7]],
    ],
  ],
  non_max_suppression: [
    [
      'nms(200)',
      [
        [8732, 4],
        [8732, 21],
      ],
      [
        [200, 4],
        [200, 21],
      ],
    ],
    ['nms(98, overlap=0.4)', [[98, 30]], [[98, 30]]],
  ],
  select_class: [
    ['select_class', [[80, 28, 28], [80]], [[1, 28, 28]]],
    ['select_class', [[324], [81]], [[4]]],
  ],
  anchors: [['anchors(85)', [[255, 13, 13]], [[507, 85]]]],
  superpixels: [['superpixels(100)', [[3, 50, 60]], [[1, 50, 60]]]],
  superpixel_sum: [
    [
      'superpixel_sum',
      [
        [8, 5, 6],
        [1, 50, 60],
      ],
      [[8, 5, 6]],
    ],
  ],
  gradient_reversal: [['gradient_reversal(0.1)', [[8, 5, 6]], [[8, 5, 6]]]],
  crf: [
    [
      'crf',
      [
        [21, 9, 9],
        [3, 9, 9],
      ],
      [[21, 9, 9]],
    ],
  ],
  abs: [['abs', [[4, 5, 6]], [[4, 5, 6]]]],
  elu: [['elu', [[4, 5, 6]], [[4, 5, 6]]]],
  gelu: [['gelu', [[4, 5, 6]], [[4, 5, 6]]]],
  hardsigmoid: [['hardsigmoid', [[4, 5, 6]], [[4, 5, 6]]]],
  hardswish: [['hardswish', [[4, 5, 6]], [[4, 5, 6]]]],
  leaky_relu: [['leaky_relu', [[4, 5, 6]], [[4, 5, 6]]]],
  mish: [['mish', [[4, 5, 6]], [[4, 5, 6]]]],
  relu: [['relu', [[4, 5, 6]], [[4, 5, 6]]]],
  relu6: [['relu6', [[4, 5, 6]], [[4, 5, 6]]]],
  selu: [['selu', [[4, 5, 6]], [[4, 5, 6]]]],
  sigmoid: [['sigmoid', [[4, 5, 6]], [[4, 5, 6]]]],
  silu: [['silu', [[4, 5, 6]], [[4, 5, 6]]]],
  softplus: [['softplus', [[4, 5, 6]], [[4, 5, 6]]]],
  tanh: [['tanh', [[4, 5, 6]], [[4, 5, 6]]]],
  log_softmax: [['log_softmax', [[4, 5, 6]], [[4, 5, 6]]]],
  drop_path: [['drop_path(0.5)', [[4, 5, 6]], [[4, 5, 6]]]],
  dropblock: [['dropblock(0.5)', [[4, 5, 6]], [[4, 5, 6]]]],
  dropout: [['dropout(0.5)', [[4, 5, 6]], [[4, 5, 6]]]],
  maximum: [
    [
      'maximum',
      [
        [4, 5, 6],
        [4, 1, 1],
      ],
      [[4, 5, 6]],
    ],
  ],
  sub: [
    [
      'sub',
      [
        [4, 5, 6],
        [4, 1, 1],
      ],
      [[4, 5, 6]],
    ],
  ],
  deform_pool: [
    [
      'deform_pool(7)',
      [
        [16, 20, 30],
        [50, 4],
      ],
      [[16, 7, 7]],
    ],
  ],
  roi_pool: [
    [
      'roi_pool(7)',
      [
        [16, 20, 30],
        [50, 4],
      ],
      [[16, 7, 7]],
    ],
  ],
  roi_warp: [
    [
      'roi_warp(7)',
      [
        [16, 20, 30],
        [50, 4],
      ],
      [[16, 7, 7]],
    ],
  ],
}
