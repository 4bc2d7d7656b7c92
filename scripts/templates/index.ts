/** What `cnnlint: New Network from Template…` offers. */
import { readFileSync } from 'node:fs'
import type { Template } from '../../client/src/templates'
import { lineIndex } from '../../grammar/positions'
import { analyze } from '../../server/src/check/analyze'
import { textHost } from '../../server/src/check/host'
import { findings } from '../../server/src/lint/findings'
import { showMacs, showShort } from '../../server/src/model/show'
import { referencesIn } from '../docs/references'
import { extractNetwork } from './extract'

const EMPTY = `## What the network is for.
network Network {
  input image: 3x224x224
  output features = image -> conv(64, 3, padding=half) -> relu
}
`

/** The classics: how people call them, the file below \`examples/\`, and the network in it. */
const CLASSICS = [
  ['LeNet-5', 'classification/lenet5', 'LeNet5'],
  ['AlexNet', 'classification/alexnet', 'AlexNet'],
  ['VGG-16', 'classification/vgg', 'VGG16'],
  ['GoogLeNet', 'classification/googlenet', 'GoogLeNet'],
  ['ResNet-18', 'classification/resnet', 'ResNet18'],
  ['ResNet-50', 'classification/resnet', 'ResNet50'],
  ['DenseNet-121', 'classification/densenet', 'DenseNet121'],
  ['ConvNeXt-T', 'classification/convnext', 'ConvNeXtT'],
  ['FCN-8s', 'segmentation/fcn', 'FCN8s'],
  ['U-Net', 'segmentation/unet', 'UNet'],
  ['U-Net with padding', 'segmentation/unet_padded', 'PaddedUNet'],
  ['SegNet', 'segmentation/segnet', 'SegNet'],
  ['YOLO', 'detection/yolov1', 'YOLOv1'],
  ['YOLOv3', 'detection/yolov3', 'YOLOv3'],
  ['ResNet-50 with a feature pyramid', 'detection/fpn', 'ResNet50FPN'],
] as const

/** All templates in the order of the list, made from the examples below a folder. */
export function makeTemplates(folder: string): readonly Template[] {
  const host = textHost((path) => readFileSync(`${folder}/${path}`, 'utf8'))
  const classics = CLASSICS.map(([label, path, network]): Template => {
    const file = `${path}.cnn`
    const [reference] = referencesIn(host.file(file)?.doc?.text ?? '')
    if (reference === undefined) throw new Error(`${file} names no paper`)
    const text = withoutIdleSilences(extractNetwork(file, network, host))
    return { label, description: costOf(text, network), detail: reference.text, text, name: network }
  })
  return [
    {
      label: 'Empty network',
      description: '',
      detail: 'An input, a stage and an output to begin with',
      text: EMPTY,
      name: 'Network',
    },
    ...classics,
  ]
}

/** Leaves out the comments that silence a rule in other networks of their file, and nothing in this one. */
function withoutIdleSilences(text: string): string {
  const analysis = analyze(
    'template.cnn',
    textHost(() => text),
  )
  const idle = findings(analysis).filter(({ code }) => code === 'unused-silence')
  const lines = new Set(idle.map(({ range }) => lineIndex(text).position(range.start).line))
  return text
    .split('\n')
    .filter((_, line) => !lines.has(line))
    .join('\n')
}

/** `25.6M params · 4.09 GMACs`. */
function costOf(text: string, network: string): string {
  const { networks } = analyze(
    'template.cnn',
    textHost(() => text),
  )
  const totals = networks.find(({ name }) => name === network)?.totals
  if (totals === undefined) throw new Error(`The template of ${network} is not known completely`)
  return `${showShort(totals.params)} params · ${showMacs(totals.macs)}`
}
