/**
 * What the rules find in the examples, reviewed: each group is true of its networks, for the reason that is
 * given. Whatever else a rule finds in a classic architecture is a false positive, and fails the test.
 */

export interface ReviewedFindings {
  readonly code: string
  /** Why a reader of the papers accepts the finding. */
  readonly reason: string
  /** By example, the declaration and the text that is underlined. */
  readonly places: Readonly<Record<string, readonly string[]>>
}

export const REVIEWED: readonly ReviewedFindings[] = [
  {
    code: 'asymmetric-same-padding',
    reason: 'The figures show exactly this: `same` puts the odd pixel at the end.',
    places: {
      'arithmetic/padding.cnn': ['OddPixel: same', 'Same: same'],
    },
  },
  {
    code: 'bias-before-batchnorm',
    reason: 'The papers’ implementations keep the biases that the normalisation cancels.',
    places: {
      'segmentation/residual_unet.cnn': ['first_unit: conv', 'unit: conv'],
      'segmentation/segnet.cnn': ['unit: conv'],
    },
  },
  {
    code: 'broadcast-channels',
    reason: 'The mask of the MLP, which knows no class, is added to that of each class (section 3.4).',
    places: {
      'detection/segment_every_thing.cnn': ['MaskXRCNN: add'],
    },
  },
  {
    code: 'checkerboard-upsampling',
    reason: 'Dumoulin & Visin draw kernels of 3 with strides of 2; the unevenness is real.',
    places: {
      'arithmetic/transposed.cnn': ['OddStrides: k', 'PaddingAndStrides: k', 'Strides: k'],
    },
  },
  {
    code: 'checkerboard-upsampling',
    reason: 'Transition up is a transposed 3×3 convolution of stride 2 in the paper (table 1).',
    places: {
      'segmentation/fc_densenet.cnn': ['up: 3'],
    },
  },
  {
    code: 'fully-connected-parameters',
    reason:
      '93 to 96 % of the parameters of AlexNet, ZFNet and VGG, and the auxiliary classifiers of GoogLeNet, are fully connected, as Lin et al. (NIN, section 3.2) hold against them.',
    places: {
      'classification/alexnet.cnn': ['AlexNet: flatten'],
      'classification/googlenet.cnn': ['auxiliary: flatten'],
      'classification/vgg.cnn': ['classifier: flatten'],
      'classification/zfnet.cnn': ['ZFNet: flatten'],
    },
  },
  {
    code: 'input-size-sensitive',
    reason: 'The maps that meet in the decoder agree only at the sizes that the finding names.',
    places: {
      'detection/yolov3.cnn': ['merge: concat'],
      'segmentation/gcn.cnn': ['GCN: add'],
      'segmentation/msci.cnn': ['intertwine: add'],
      'segmentation/residual_unet.cnn': ['up: concat'],
      'segmentation/skip_connections.cnn': ['long_skip: add'],
      'segmentation/unet_padded.cnn': ['up: concat'],
    },
  },
  {
    code: 'kernel-covers-map',
    reason: 'Rate 24 on a map of 20 degenerates to a 1×1 kernel, as DeepLab v3 (section 3.3) describes.',
    places: {
      'segmentation/deeplab_v2.cnn': ['resnet_aspp: rate'],
    },
  },
  {
    code: 'kernel-covers-map',
    reason:
      'SSD runs 3×3 predictors on the 1×1 map (and a padded 4×4 kernel on 2×2 in SSD512): most of their weights meet padding alone.',
    places: {
      'detection/ssd.cnn': ['extra: kernel', 'predict: 3'],
    },
  },
  {
    code: 'large-kernel',
    reason:
      'The networks compare one large kernel with a stack of small ones, which saves what their comments say.',
    places: {
      'arithmetic/receptive_field.cnn': [
        'Asymmetric: n',
        'ThreeSmallForOneLarge: 7',
        'TwoSmallForOneLarge: 5',
      ],
    },
  },
  {
    code: 'lrn-without-effect',
    reason: 'The papers normalise so; VGG (section 4.1) found later that it brings nothing.',
    places: {
      'classification/alexnet.cnn': ['norm: lrn'],
      'classification/googlenet.cnn': ['norm: lrn'],
      'classification/zfnet.cnn': ['ZFNet: convolutions'],
      'detection/faster_rcnn.cnn': ['ProposalsZF: convolutions'],
      'detection/rcnn.cnn': ['features: convolutions'],
      'detection/spp_net.cnn': ['spp_classifier: convolutions'],
    },
  },
  {
    code: 'normalisation-over-one-value',
    reason:
      'Image pooling, or pyramid bin 1, normalises a 1×1 map: the known pitfall, training with one image a device fails.',
    places: {
      'segmentation/auto_deeplab.cnn': ['auto_deeplab: aspp(rates=[12, 24, 36])'],
      'segmentation/deeplab_v3.cnn': ['aspp: conv_bn(width, 1)'],
      'segmentation/deeplab_v3plus.cnn': ['DeepLabV3PlusXception: aspp(unit=separable)'],
      'segmentation/dextr.cnn': ['DEXTR: pyramid_pooling'],
      'segmentation/pspnet.cnn': ['pyramid_pooling: conv_bn(width, 1)'],
    },
  },
  {
    code: 'normalisation-over-one-value',
    reason:
      'The auxiliary classifier’s 5×5 convolution makes a 1×1 map, which is normalised: training needs more than one image.',
    places: {
      'classification/inception_v3.cnn': ['auxiliary: conv_bn(768, 5, padding=0)'],
    },
  },
  {
    code: 'pointwise-at-finer-map',
    reason:
      'The papers put the 1×1 convolution before the pooling; the two commute exactly, and the other order costs less.',
    places: {
      'classification/densenet.cnn': ['transition: avgpool'],
      'detection/darknet.cnn': ['Darknet19: global_avgpool'],
      'detection/yolo9000.cnn': ['Darknet19WordTree: global_avgpool'],
    },
  },
  {
    code: 'relu-before-add',
    reason:
      'As drawn in figure 4 of DeepLab v3+, every separable convolution ends with ReLU, the last of a unit too.',
    places: {
      'segmentation/deeplab_v3plus.cnn': [
        'DeepLabV3PlusXception: xception65',
        'DeepLabV3PlusXception: xception65',
      ],
    },
  },
  {
    code: 'stride-drops-pixels',
    reason: '224 is what the released network takes, and 11 with stride 4 leaves one row over.',
    places: {
      'classification/nin.cnn': ['mlpconv: stride'],
    },
  },
  {
    code: 'stride-drops-pixels',
    reason:
      '360 pixels halve to 45 rows, whose last one no window reads; the unpooling brings an empty row back.',
    places: {
      'segmentation/segnet.cnn': ['SegNet: maxpool'],
    },
  },
  {
    code: 'stride-drops-pixels',
    reason: 'SPP-net runs the same layers at 180 pixels, where a row is left over.',
    places: {
      'detection/spp_net.cnn': ['spp_classifier: convolutions'],
    },
  },
  {
    code: 'unproductive-layer',
    reason:
      'The receptive field of the layers before already spans the image at the size of the paper, as Richter et al. report of ResNets and Darknets; larger images would use them.',
    places: {
      'classification/convnext.cnn': [
        'stages: repeats[2] * unit stage4 = stage3 -> down(widths[3]) -> repeats[3] * unit',
      ],
      'classification/resnet.cnn': ['stages: (repeats[3] - 1) * unit(512, norm=norm)'],
      'classification/resnet_cifar.cnn': ['stages: unit(64, stride=2) -> (n - 1) * unit(64)'],
      'detection/darknet.cnn': ['Darknet19: darknet19', 'darknet53: stage53(1024, 4)'],
      'detection/yolo9000.cnn': ['Darknet19WordTree: darknet19'],
    },
  },
]
