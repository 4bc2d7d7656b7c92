/** The files that the bench measures. */

export interface BenchFile {
  readonly name: string
  readonly text: string
  /** A piece of the text that an edit replaces by `to`, and back again. */
  readonly edit: { readonly from: string; readonly to: string }
}

export const LENET: BenchFile = {
  name: 'LeNet',
  text: `network LeNet(classes=10) {
  input image: [1, 32, 32]
  c1 = image -> conv(6, 5) -> tanh
  s2 = c1 -> avgpool(2) -> tanh
  c3 = s2 -> conv(16, 5) -> tanh
  s4 = c3 -> avgpool(2) -> tanh
  c5 = s4 -> conv(120, 5) -> tanh
  output logits = c5 -> flatten -> linear(84) -> tanh -> linear(classes)
  expect params == 61_706
}
`,
  edit: { from: 'conv(16, 5)', to: 'conv(20, 5)' },
}

export const RESNET152: BenchFile = {
  name: 'ResNet-152',
  text: `## Bottleneck residual unit.
block bottleneck(x: tensor, width, stride=1) {
  y = x
    -> conv(width, 1, bias=false) -> batchnorm -> relu
    -> conv(width, 3, stride=stride, padding=1, bias=false) -> batchnorm -> relu
    -> conv(4 * width, 1, bias=false) -> batchnorm
  shortcut = x
  if stride != 1 or x.channels != 4 * width {
    shortcut = x -> conv(4 * width, 1, stride=stride, bias=false) -> batchnorm
  }
  return add(y, shortcut) -> relu
}

network ResNet152(classes=1000) {
  input image: [3, 224, 224]
  c1 = image -> conv(64, 7, stride=2, padding=3, bias=false) -> batchnorm -> relu
  c2 = c1 -> maxpool(3, stride=2, padding=1) -> 3 * bottleneck(64)
  c3 = c2 -> bottleneck(128, stride=2) -> 7 * bottleneck(128)
  c4 = c3 -> bottleneck(256, stride=2) -> 35 * bottleneck(256)
  c5 = c4 -> bottleneck(512, stride=2) -> 2 * bottleneck(512)
  output logits = c5 -> global_avgpool -> flatten -> linear(classes)
  expect params == 60_192_808
}
`,
  edit: { from: '35 * bottleneck(256)', to: '34 * bottleneck(256)' },
}

/** The start of the line of unit `i`, up to its first convolution. */
const head = (i: number) => `  u${i} = r${i - 1} -> conv(32, 3, padding=1, bias=false)`

/** How many layers one residual unit of {@link writtenOut} has. */
const UNIT = 7

/**
 * A network of exactly `layers` layers, at least 8, without blocks or loops: residual units on maps of constant
 * size, each written on lines of its own, so that the text grows with the layers.
 */
export function writtenOut(layers: number): BenchFile {
  const units = Math.floor((layers - 1) / UNIT)
  const rest = layers - 1 - units * UNIT
  const lines = [
    'network WrittenOut {',
    '  input image: [3, 56, 56]',
    '  r0 = image -> conv(32, 3, padding=1)',
  ]
  for (let i = 1; i <= units; i++) {
    lines.push(`${head(i)} -> batchnorm -> relu -> conv(32, 3, padding=1, bias=false) -> batchnorm`)
    lines.push(`  r${i} = add(u${i}, r${i - 1}) -> relu`)
  }
  lines.push(`  output y = r${units}${' -> relu'.repeat(rest)}`, '}', '')
  const middle = Math.max(1, Math.floor(units / 2))
  return {
    name: `${layers.toLocaleString('en-US')} layers`,
    text: lines.join('\n'),
    edit: { from: head(middle), to: head(middle).replace('false', 'true') },
  }
}
