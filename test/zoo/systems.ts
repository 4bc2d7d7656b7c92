/** The systems that the examples must contain: each with its file and the networks that stand for it. */
export interface System {
  readonly name: string
  readonly file: string
  readonly networks: readonly string[]
}

const system = (name: string, file: string, ...networks: string[]): System => ({ name, file, networks })

export const SYSTEMS: readonly System[] = [
  system('LeNet-5', 'classification/lenet5.cnn', 'LeNet5'),
  system('AlexNet', 'classification/alexnet.cnn', 'AlexNet'),
  system('VGG', 'classification/vgg.cnn', 'VGG11', 'VGG13', 'VGG16C', 'VGG16', 'VGG19'),
  system(
    'ResNet',
    'classification/resnet.cnn',
    'ResNet18',
    'ResNet34',
    'ResNet50',
    'ResNet101',
    'ResNet152',
    'ResNet50Paper',
    'ResNet101Paper',
    'ResNet152Paper',
  ),
  system(
    'ResNet for CIFAR',
    'classification/resnet_cifar.cnn',
    'ResNet20',
    'ResNet32',
    'ResNet44',
    'ResNet56',
    'ResNet110',
    'ResNet1202',
    'ResNet20B',
  ),
  system('ZFNet', 'classification/zfnet.cnn', 'ZFNet'),
  system('Network in Network', 'classification/nin.cnn', 'NIN', 'NINCifar10'),
  system('GoogLeNet', 'classification/googlenet.cnn', 'GoogLeNet', 'GoogLeNetTraining'),
  system('Inception-v2', 'classification/inception_v2.cnn', 'BNInception', 'InceptionV2Stem'),
  system('Inception-v3', 'classification/inception_v3.cnn', 'InceptionV3', 'InceptionV3Training'),
  system(
    'DenseNet',
    'classification/densenet.cnn',
    'DenseNet121',
    'DenseNet169',
    'DenseNet201',
    'DenseNet264',
    'DenseNet161',
  ),
  system(
    'DenseNet for CIFAR',
    'classification/densenet.cnn',
    'DenseNet40k12',
    'DenseNet100k12',
    'DenseNetBC100k12',
    'DenseNetBC250k24',
    'DenseNetBC190k40',
  ),
  system('U-Net', 'segmentation/unet.cnn', 'UNet'),
]

/** Convolution arithmetic: what is shown, and the network that shows it. */
export const ARITHMETIC: readonly System[] = [
  system(
    'relationships 1 to 4',
    'arithmetic/convolution.cnn',
    'NoPadding',
    'ArbitraryPadding',
    'HalfPadding',
    'FullPadding',
  ),
  system('relationships 5 and 6', 'arithmetic/convolution.cnn', 'Strides', 'PaddingAndStrides', 'OddStrides'),
  system('other shapes', 'arithmetic/convolution.cnn', 'NonSquare', 'OtherRanks', 'Channels'),
  system(
    'names of paddings',
    'arithmetic/padding.cnn',
    'HalfOfEvenKernel',
    'Same',
    'OddPixel',
    'Asymmetric',
    'DilatedNames',
  ),
  system(
    'relationship 7',
    'arithmetic/pooling.cnn',
    'Pooling',
    'Halving',
    'Overlapping',
    'Rounding',
    'NoEmptyWindow',
    'Adaptive',
  ),
  system(
    'relationships 8 to 11',
    'arithmetic/transposed.cnn',
    'NoPadding',
    'ArbitraryPadding',
    'HalfPadding',
    'FullPadding',
  ),
  system(
    'relationships 12 to 14',
    'arithmetic/transposed.cnn',
    'Strides',
    'PaddingAndStrides',
    'OddStrides',
    'Doubling',
  ),
  system('relationship 15', 'arithmetic/dilated.cnn', 'Dilated', 'General', 'SparseKernel'),
  system('exponential dilation', 'arithmetic/dilated.cnn', 'ExponentialDilation', 'LinearGrowth'),
  system(
    'depthwise separable',
    'arithmetic/separable.cnn',
    'DepthwiseSeparable',
    'AsOneLayer',
    'Standard',
    'Ratio',
    'Groups',
  ),
  system('stacked kernels', 'arithmetic/receptive_field.cnn', 'TwoSmallForOneLarge', 'ThreeSmallForOneLarge'),
  system('1xn and nx1', 'arithmetic/receptive_field.cnn', 'Asymmetric', 'AsymmetricThree'),
  system('growth and union', 'arithmetic/receptive_field.cnn', 'Strides', 'Union'),
]
