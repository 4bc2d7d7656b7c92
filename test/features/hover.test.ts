import { expect, test } from 'vitest'
import type { MarkupContent } from 'vscode-languageserver-types'
import { hover } from '../../server/src/features/hover'
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/features/support/settings'
import { DEFAULT_LINT, type LintSettings } from '../../server/src/lint/settings'
import { NO_RULES } from '../helpers/findings'
import { marked, type Sources } from './view'

/** The Markdown of the hover at the mark `$0`, without the documentation below the rule, and without findings. */
function hovered(
  sources: Sources,
  settings: Partial<Settings['hover']> = {},
  lint: LintSettings = NO_RULES,
): string | undefined {
  const { view, offset } = marked(sources)
  const shown = hover({ ...view, lint }, offset, {
    ...DEFAULT_SETTINGS.hover,
    documentation: false,
    ...settings,
  })
  return (shown?.contents as MarkupContent | undefined)?.value
}

/** The whole Markdown, with the documentation. */
function documented(sources: Sources): string | undefined {
  return hovered(sources, { documentation: true })
}

/** The text that a hover is about. */
function rangeText(sources: Sources): string | undefined {
  const { view, offset, text } = marked(sources)
  const range = hover(view, offset, DEFAULT_SETTINGS.hover)?.range
  if (range === undefined) return undefined
  const lines = view.lines(view.analysis.uri)
  return text.slice(lines.offset(range.start), lines.offset(range.end))
}

const inNetwork = (statements: string) => `network N {\n  input image: [3, 224, 224]\n  ${statements}\n}\n`

const BLOCKS = `
  ## Two convolutions beside a shortcut.
  block residual(x: tensor, width, stride=1, act: layer = relu) {
    y = x -> conv(width, 3, stride=stride, padding=1, bias=false) -> batchnorm -> act
      -> conv(width, 3, padding=1, bias=false) -> batchnorm
    shortcut = x
    if stride != 1 or x.channels != width {
      shortcut = x -> conv(width, 1, stride=stride, bias=false) -> batchnorm
    }
    return add(y, shortcut) -> act
  }
`
const USER = `
  from "./blocks.cnn" import residual

  ## A small network.
  network Small(classes=10) {
    input image: [3, 32, 32]
    x = image -> residual(16) -> 3 * residual(16) -> residual(32, stride=2) -> residual(64, stride=2)
    x = x -> residual(128, stride=2) -> residual(256, stride=2)
    output logits = x -> global_avgpool -> flatten -> linear(classes)
  }
`
/** The block's file with the mark at one place, and a file whose network runs it. */
const inBlock = (text: string, mark: string) => ({
  'blocks.cnn': BLOCKS.replace(text, mark),
  'main.cnn': USER,
})
const inUser = (text: string, mark: string) => ({
  'main.cnn': USER.replace(text, mark),
  'blocks.cnn': BLOCKS,
})

test('a layer: shapes, formula, parameters, MACs, activation, receptive field', () => {
  expect(hovered(inNetwork('output y = image -> c$0onv(64, 7, stride=2, padding=3)'))).toMatchInlineSnapshot(`
    "**3×224×224 → 64×112×112**

    - Output: ⌊(224 + 2·3 − 7)/2⌋ + 1 = 112
    - Parameters: 64·3·7·7 + 64 = 9,472
    - MACs: 118,013,952 (118M)
    - Activation: 802,816 values, 3.21 MB as float32
    - Receptive field: 7×7, stride 2, padding 3"
  `)
})

test('a layer: one formula per axis where they differ', () => {
  expect(hovered(inNetwork('output y = image -> co$0nv(8, 3x5, stride=[1, 2])'))).toMatchInlineSnapshot(`
    "**3×224×224 → 8×222×110**

    - Output: height ⌊(224 + 2·0 − 3)/1⌋ + 1 = 222
    - Output: width ⌊(224 + 2·0 − 5)/2⌋ + 1 = 110
    - Parameters: 8·3·3·5 + 8 = 368
    - MACs: 8,791,200 (8.79M)
    - Activation: 195,360 values, 781 kB as float32
    - Receptive field: 3×5, stride 1×2, padding 0"
  `)
})

test('a layer without weights', () => {
  expect(hovered(inNetwork('output y = image -> re$0lu'))).toMatchInlineSnapshot(`
    "**3×224×224 → 3×224×224**

    - Activation: 150,528 values, 602 kB as float32
    - Receptive field: 1×1, stride 1, padding 0"
  `)
})

test('a layer that merges', () => {
  expect(
    hovered(inNetwork('a = image -> conv(8, 3, padding=1)\n  output y = con$0cat(image, a)')),
  ).toMatchInlineSnapshot(`
    "**3×224×224, 8×224×224 → 11×224×224**

    - Output: 3 + 8 = 11
    - Activation: 551,936 values, 2.21 MB as float32
    - Receptive field: 3×3, stride 1, padding 1"
  `)
})

test('a layer that sees everything', () => {
  expect(hovered(inNetwork('output y = image -> global$0_avgpool'))).toMatchInlineSnapshot(`
    "**3×224×224 → 3×1×1**

    - Activation: 3 values, 12 B as float32
    - Receptive field: the whole input"
  `)
})

test('a layer on two inputs shows the receptive field on each', () => {
  expect(
    hovered(`
      network Two {
        input left: [3, 32, 32]
        input right: [3, 32, 32]
        output y = add(left -> conv(8, 3, padding=1), right -> conv(8, 5, padding=2)) -> conv$0(8, 3)
      }
    `),
  ).toMatchInlineSnapshot(`
    "**8×32×32 → 8×30×30**

    - Output: ⌊(32 + 2·0 − 3)/1⌋ + 1 = 30
    - Parameters: 8·8·3·3 + 8 = 584
    - MACs: 518,400 (518K)
    - Activation: 7,200 values, 28.8 kB as float32
    - Receptive field on \`left\`: 5×5, stride 1, padding 1
    - Receptive field on \`right\`: 7×7, stride 1, padding 2"
  `)
})

test('weights that are not trained, and shared ones', () => {
  expect(hovered(inNetwork('output y = image -> con$0v(8, 3, trainable=false)'))).toMatchInlineSnapshot(`
    "**3×224×224 → 8×222×222**

    - Output: ⌊(224 + 2·0 − 3)/1⌋ + 1 = 222
    - Parameters: 8·3·3·3 + 8 = 224, not trained
    - MACs: 10,645,344 (10.6M)
    - Activation: 394,272 values, 1.58 MB as float32
    - Receptive field: 3×3, stride 1, padding 0"
  `)
  expect(
    hovered(inNetwork('shared head = con$0v(3, 3, padding=1)\n  output y = image -> head -> head')),
  ).toMatchInlineSnapshot(`
    "**3×224×224 → 3×224×224** 2 times

    - Output: ⌊(224 + 2·1 − 3)/1⌋ + 1 = 224
    - Parameters: 3·3·3·3 + 3 = 84
    - MACs: 4,064,256 (4.06M)
    - Activation: 150,528 values, 602 kB as float32
    - Receptive field: 3×3, stride 1, padding 1"
  `)
})

test('a layer that is repeated, or runs in a loop with other options, shows each distinct run', () => {
  expect(hovered(inNetwork('output y = image -> 3 * co$0nv(3, 3)'))).toMatchInlineSnapshot(`
    "**3×224×224 → 3×222×222**

    - Output: ⌊(224 + 2·0 − 3)/1⌋ + 1 = 222
    - Parameters: 3·3·3·3 + 3 = 84
    - MACs: 3,992,004 (3.99M)
    - Activation: 147,852 values, 591 kB as float32
    - Receptive field: 3×3, stride 1, padding 0

    Other runs:

    - 3×222×222 → 3×220×220, 84 parameters, 3.92M MACs
    - 3×220×220 → 3×218×218, 84 parameters, 3.85M MACs"
  `)
  expect(
    hovered(
      inNetwork(
        'output y = concat([image -> con$0v(8, 3, dilation=r, padding=r) for r in [1, 2, 3, 4, 5, 6]])',
      ),
    ),
  ).toMatchInlineSnapshot(`
    "**3×224×224 → 8×224×224** as \`conv(8, 3, padding=1)\`

    - Output: ⌊(224 + 2·1 − 3)/1⌋ + 1 = 224
    - Parameters: 8·3·3·3 + 8 = 224
    - MACs: 10,838,016 (10.8M)
    - Activation: 401,408 values, 1.61 MB as float32
    - Receptive field: 3×3, stride 1, padding 1

    Other runs:

    - 3×224×224 → 8×224×224, 224 parameters, 10.8M MACs, \`conv(8, 3, padding=2, dilation=2)\`
    - 3×224×224 → 8×224×224, 224 parameters, 10.8M MACs, \`conv(8, 3, padding=3, dilation=3)\`
    - 3×224×224 → 8×224×224, 224 parameters, 10.8M MACs, \`conv(8, 3, padding=4, dilation=4)\`
    - and 2 more"
  `)
})

test('a layer in a block of another file that runs several times', () => {
  expect(hovered(inBlock('conv(width, 3, str', 'c$0onv(width, 3, str'))).toMatchInlineSnapshot(`
    "**3×32×32 → 16×32×32** as \`conv(16, 3, padding=1, bias=false)\`, in \`residual(width=16, stride=1, act=relu)\`

    - Output: ⌊(32 + 2·1 − 3)/1⌋ + 1 = 32
    - Parameters: 16·3·3·3 = 432
    - MACs: 442,368 (442K)
    - Activation: 16,384 values, 65.5 kB as float32
    - Receptive field: 3×3, stride 1, padding 1

    Other runs:

    - \`residual(width=16, stride=1, act=relu)\`: 16×32×32 → 16×32×32, 2.3K parameters, 2.36M MACs, \`conv(16, 3, padding=1, bias=false)\`, 3 times
    - \`residual(width=32, stride=2, act=relu)\`: 16×32×32 → 32×16×16, 4.61K parameters, 1.18M MACs, \`conv(32, 3, stride=2, padding=1, bias=false)\`
    - \`residual(width=64, stride=2, act=relu)\`: 32×16×16 → 64×8×8, 18.4K parameters, 1.18M MACs, \`conv(64, 3, stride=2, padding=1, bias=false)\`
    - and 2 more"
  `)
})

test('a layer that is given as an argument', () => {
  expect(hovered(inUser('residual(16) ->', 'residual(16, act=leaky$0_relu(0.1)) ->'))).toMatchInlineSnapshot(`
    "**16×32×32 → 16×32×32** in \`residual(width=16, stride=1, act=leaky_relu(0.1))\`, 2 times

    - Activation: 16,384 values, 65.5 kB as float32
    - Receptive field: 3×3, stride 1, padding 1"
  `)
})

test('a layer: its documentation, options and source stand below', () => {
  expect(documented(inNetwork('output y = image -> lea$0ky_relu'))).toMatchInlineSnapshot(`
    "**3×224×224 → 3×224×224**

    - Activation: 150,528 values, 602 kB as float32
    - Receptive field: 1×1, stride 1, padding 0

    ---

    x where x is above 0, slope·x below.

    \`\`\`cnn
    leaky_relu(slope=0.01)
    \`\`\`

    - Output: \`the input’s shape\`
    - \`slope\`: the slope below 0

    \`slope\` may be given by place.

    *Source: Maas et al. 2013*"
  `)
})

test('a layer that nothing is known of yet', () => {
  expect(hovered('block b(x: tensor) { return x -> con$0v(8, 3) }\n')).toMatchInlineSnapshot(
    `
    "**conv** · Convolution

    No network that is known here applies the block, so that its shapes are open. A line \`## @example [64, 56, 56] -> …\` above it, with a call, gives it some."
  `,
  )
})

test('a stage that fails: what goes in, and why it fails', () => {
  expect(hovered(inNetwork('output y = image -> conv(8, 3) -> con$0v(8, 300)'))).toMatchInlineSnapshot(`
    "**8×222×222 → 8×?×?**

    **It fails here.**

    Kernel 300 is larger than the padded height 222 (222 + 2·0). A window must fit into its padded input at least once. Use padding=39 or more, or a kernel of at most 222."
  `)
})

test('a stage with a wrong option', () => {
  expect(hovered(inNetwork('output y = image -> con$0v(8, 3, strude=2)'))).toMatchInlineSnapshot(`
    "**3×224×224 → 8×?×?**

    **It fails here.**

    \`conv\` has no option \`strude\`. Its options are \`channels\`, \`kernel\`, \`stride\`, \`padding\`, \`dilation\`, \`groups\`, \`bias\`, \`padding_mode\`, \`connections\` and \`trainable\`. Did you mean \`stride\`?"
  `)
})

test('a stage behind one that fails', () => {
  expect(hovered(inNetwork('output y = image -> conv(8, 300) -> max$0pool(2)'))).toMatchInlineSnapshot(
    `
    "**8×?×? → 8×?×?**

    Something in this statement fails.

    Kernel 300 is larger than the padded height 224 (224 + 2·0). A window must fit into its padded input at least once. Use padding=38 or more, or a kernel of at most 224."
  `,
  )
})

test('a call of a block', () => {
  expect(hovered(inUser('residual(32,', 'resid$0ual(32,'))).toMatchInlineSnapshot(`
    "**16×32×32 → 32×16×16** in \`residual(width=32, stride=2, act=relu)\`

    - Parameters: 14,528 (14.5K)
    - MACs: 3,670,016 (3.67M)
    - Weight layers: 3, at most 2 on one path
    - Layers: 9
    - Activation: 8,192 values, 32.8 kB as float32
    - Receptive field: 23×23, stride 2, padding 11"
  `)
  expect(documented(inUser('residual(256,', 'resid$0ual(256,'))).toMatchInlineSnapshot(`
    "**128×4×4 → 256×2×2** in \`residual(width=256, stride=2, act=relu)\`

    - Parameters: 919,040 (919K)
    - MACs: 3,670,016 (3.67M)
    - Weight layers: 3, at most 2 on one path
    - Layers: 9
    - Activation: 1,024 values, 4.1 kB as float32
    - Receptive field: 107×107, stride 16, padding 53; of this input a value sees at most 32×32

    ---

    Two convolutions beside a shortcut.

    \`\`\`cnn
    block residual(x: tensor, width, stride=1, act: layer = relu)
    \`\`\`"
  `)
})

test('a repeated call of a block shows each distinct run', () => {
  expect(hovered(inUser('3 * residual(16)', '3 * res$0idual(17)'))).toMatchInlineSnapshot(`
    "**16×32×32 → 17×32×32** in \`residual(width=17, stride=1, act=relu)\`

    - Parameters: 5,423
    - MACs: 5,448,704 (5.45M)
    - Weight layers: 3, at most 2 on one path
    - Layers: 9
    - Activation: 17,408 values, 69.6 kB as float32
    - Receptive field: 9×9, stride 1, padding 4

    Other runs:

    - \`residual(width=17, stride=1, act=relu)\`: 17×32×32 → 17×32×32, 5.27K parameters, 5.33M MACs, 2 times"
  `)
})

test('a block where it is declared, and where it is imported', () => {
  const declared = hovered(inBlock('block residual', 'block res$0idual'))
  expect(declared).toMatchInlineSnapshot(`
    "**3×32×32 → 16×32×32** in \`residual(width=16, stride=1, act=relu)\`

    - Parameters: 2,880
    - MACs: 2,850,816 (2.85M)
    - Weight layers: 3, at most 2 on one path
    - Layers: 9
    - Activation: 16,384 values, 65.5 kB as float32
    - Receptive field: 5×5, stride 1, padding 2

    Other runs:

    - \`residual(width=16, stride=1, act=relu)\`: 16×32×32 → 16×32×32, 4.67K parameters, 4.72M MACs, 3 times
    - \`residual(width=32, stride=2, act=relu)\`: 16×32×32 → 32×16×16, 14.5K parameters, 3.67M MACs
    - \`residual(width=64, stride=2, act=relu)\`: 32×16×16 → 64×8×8, 57.7K parameters, 3.67M MACs
    - and 2 more"
  `)
  expect(hovered(inUser('import residual', 'import res$0idual'))).toBe(declared)
  expect(hovered(inBlock('block residual', 'blo$0ck residual'))).toBe(declared)
})

test('a block that nothing applies', () => {
  expect(
    documented('## Does nothing.\nblock noth$0ing(x: tensor, n=3) { return x }\n'),
  ).toMatchInlineSnapshot(`
    "\`block nothing\`

    No network that is known here applies the block, so that its shapes are open. A line \`## @example [64, 56, 56] -> …\` above it, with a call, gives it some.

    ---

    Does nothing.

    \`\`\`cnn
    block nothing(x: tensor, n=3)
    \`\`\`"
  `)
})

test('a network: totals', () => {
  expect(documented(inUser('network Small', 'network Sm$0all'))).toMatchInlineSnapshot(`
    "**image 3×32×32 → logits 10**

    - Parameters: 1,240,906 (1.24M)
    - MACs: 31,689,216 (31.7M)
    - Weight layers: 22, at most 17 on one path
    - Receptive field: the whole input

    ---

    A small network.

    \`\`\`cnn
    network Small(classes=10)
    \`\`\`"
  `)
})

test('a network of which a part is unknown', () => {
  expect(
    hovered('network N$0et {\n  input image: [3, 8, 8]\n  output y = image -> conv(8, 9)\n}\n'),
  ).toMatchInlineSnapshot(`
    "**image 3×8×8 → y 8×?×?**

    A part of the network is not known. Kernel 9 is larger than the padded height 8 (8 + 2·0). A window must fit into its padded input at least once. Use padding=1 or more, or a kernel of at most 8."
  `)
})

test('a bound name: from the start of its flow to its end', () => {
  expect(
    hovered(inNetwork('sma$0ll = image -> conv(8, 3, stride=2) -> relu\n  output y = small')),
  ).toMatchInlineSnapshot(`
    "**3×224×224 → 8×111×111**

    - Parameters: 224
    - MACs: 2,661,336 (2.66M)
    - Activation: 98,568 values, 394 kB as float32
    - Receptive field: 3×3, stride 2, padding 0"
  `)
})

test('a name in the middle of a flow', () => {
  expect(hovered(inNetwork('output y = image -> conv(8, 3) as _mid$0dle -> relu'))).toMatchInlineSnapshot(`
    "**3×224×224 → 8×222×222**

    - Parameters: 224
    - MACs: 10,645,344 (10.6M)
    - Activation: 394,272 values, 1.58 MB as float32
    - Receptive field: 3×3, stride 1, padding 0"
  `)
})

test('a name that is bound again means the last value before', () => {
  const source = 'x = image -> conv(8, 3)\n  x = x -> conv(16, 3)\n  output y = x -> relu'
  expect(hovered(inNetwork(source.replace('x = x ->', 'x = $0x ->')))).toMatch(/^\*\*8×222×222\*\*/)
  expect(hovered(inNetwork(source.replace('x = x ->', '$0x = x ->')))).toMatch(
    /^\*\*8×222×222 → 16×220×220\*\*/,
  )
  expect(hovered(inNetwork(source.replace('y = x', 'y = $0x')))).toMatch(/^\*\*16×220×220\*\*/)
})

test('a name in a block, in each distinct run', () => {
  expect(hovered(inBlock('add(y, shortcut)', 'add(y, sh$0ortcut)'))).toMatchInlineSnapshot(`
    "**16×32×32** in \`residual(width=16, stride=1, act=relu)\`, 4 times

    - Parameters: 80
    - MACs: 49,152 (49.2K)
    - Activation: 16,384 values, 65.5 kB as float32
    - Receptive field: 1×1, stride 1, padding 0

    Other runs:

    - \`residual(width=32, stride=2, act=relu)\`: 32×16×16, 576 parameters, 131K MACs
    - \`residual(width=64, stride=2, act=relu)\`: 64×8×8, 2.18K parameters, 131K MACs
    - \`residual(width=128, stride=2, act=relu)\`: 128×4×4, 8.45K parameters, 131K MACs
    - and 1 more"
  `)
})

test('names of lists, numbers and layers', () => {
  expect(
    hovered(inNetwork('pa$0rts = image -> split([1, 2])\n  output y = parts[0]')),
  ).toMatchInlineSnapshot(`
    "**3×224×224 → 1×224×224, 2×224×224**

    - Tensors: 2"
  `)
  expect(hovered(inNetwork('n$0 = 3 * 64\n  output y = image -> conv(n, 1)'))).toMatchInlineSnapshot(
    `"**\`n = 192\`**"`,
  )
  expect(hovered(inNetwork('uni$0t = conv(8, 3) -> relu\n  output y = image -> unit'))).toMatchInlineSnapshot(
    `"**\`unit = conv(8, 3) -> relu\`**"`,
  )
  expect(
    hovered(inNetwork('for i$0 in [1, 3, 5] { x = image -> conv(8, i) }\n  output y = x')),
  ).toMatchInlineSnapshot(`
    "**\`i = 1\`**

    Other runs:

    - \`i = 3\`
    - \`i = 5\`"
  `)
})

test('a parameter: what it was given', () => {
  expect(hovered(inBlock('tensor, width', 'tensor, wid$0th'))).toMatchInlineSnapshot(`
    "**\`width = 16\`** 4 times

    Other runs:

    - \`width = 32\`
    - \`width = 64\`
    - \`width = 128\`
    - and 1 more"
  `)
  expect(
    hovered(
      inBlock('padding=1, bias=false) -> batchnorm -> act', 'padding=1, bias=false) -> batchnorm -> a$0ct'),
    ),
  ).toMatchInlineSnapshot(`"**\`act = relu\`** 8 times"`)
  expect(hovered(inUser('linear(classes)', 'linear(cla$0sses)'))).toMatchInlineSnapshot(
    `"**\`classes = 10\`**"`,
  )
})

test('an option: its value here, what it takes, what it means', () => {
  const named = documented(inNetwork('output y = image -> conv(8, 3, pad$0ding=half)'))
  expect(named).toMatchInlineSnapshot(`
    "\`conv.padding\` = \`half\`

    - Takes: an integer, one per spatial axis, or two per spatial axis; or \`valid\`, \`half\`, \`full\`, \`same\`; by default \`0\`

    ---

    Positions added on each side of the input: one amount, one per axis, two per axis, or \`valid\`, \`half\`, \`full\`, \`same\`."
  `)
  expect(documented(inNetwork('output y = image -> conv(8, 3, padding=ha$0lf)'))).toBe(named)
  expect(documented(inNetwork('output y = image -> conv(8, 3$0)'))).toMatchInlineSnapshot(`
    "\`conv.kernel\` = \`3\`

    - Takes: an integer, or one per spatial axis

    ---

    The window: how many positions along each axis."
  `)
  expect(rangeText(inNetwork('output y = image -> conv(8, 3, stride=1$0)'))).toBe('stride=1')
})

test('an option of a call with its tensors, and a word that is a function elsewhere', () => {
  expect(hovered(inNetwork('x = image -> relu\n  output y = conv(x, 8, 3$0)'))).toMatch(
    /^`conv.kernel` = `3`/,
  )
  expect(hovered(inNetwork('output y = image -> conv(8, 3, padding=1, padding_mode=ze$0ros)'))).toMatch(
    /^`conv.padding_mode` = `zeros`/,
  )
})

test('an option of a block', () => {
  expect(hovered(inUser('residual(32, stride=2)', 'residual(32, str$0ide=2)'))).toMatchInlineSnapshot(
    `
    "\`residual.stride\` = \`2\`

    - Declared as: \`stride=1\`"
  `,
  )
})

test('an option of a layer that goes by another name', () => {
  const bound = 'unit = conv(8)\n  output y = image -> unit(3, str$0ide=2)'
  expect(hovered(inNetwork(bound))).toMatch(/^`conv.stride` = `2`/)
  const given = 'block b(x: tensor, f: layer) { return x -> f(8, ker$0nel=3) }\n'
  expect(hovered(given + inNetwork('output y = image -> b(conv)'))).toMatch(/^`conv.kernel` = `3`/)
})

test('a name in a block that nothing runs, and in a branch that is not taken', () => {
  expect(hovered('block b(x: tensor) {\n  y = x -> relu\n  return $0y\n}\n')).toMatchInlineSnapshot(`
    "\`y\` is not known

    No network that is known here applies the block, so that its shapes are open. A line \`## @example [64, 56, 56] -> …\` above it, with a call, gives it some."
  `)
  expect(
    hovered(inNetwork('y = image\n  if false { $0_z = image -> relu }\n  output y')),
  ).toMatchInlineSnapshot(`
    "\`_z\` is not known

    No run that is known here comes to where it gets its value."
  `)
})

test('an input and an output', () => {
  const input = hovered(inNetwork('output y = image').replace('input image', 'input im$0age'))
  expect(input).toMatchInlineSnapshot(`
    "**3×224×224**

    - Activation: 150,528 values, 602 kB as float32
    - Sizes that work: every size"
  `)
  expect(hovered(inNetwork('output y = image').replace('input image', 'in$0put image'))).toBe(input)
  expect(hovered(inNetwork('output lo$0gits = image -> conv(8, 3)'))).toMatchInlineSnapshot(`
    "**3×224×224 → 8×222×222**

    - Parameters: 224
    - MACs: 10,645,344 (10.6M)
    - Activation: 394,272 values, 1.58 MB as float32
    - Receptive field: 3×3, stride 1, padding 0"
  `)
  expect(hovered(inNetwork('y = image -> conv(8, 3)\n  output $0y'))).toMatchInlineSnapshot(`
    "**8×222×222**

    - Parameters: 224
    - MACs: 10,645,344 (10.6M)
    - Activation: 394,272 values, 1.58 MB as float32
    - Receptive field: 3×3, stride 1, padding 0"
  `)
})

test('an expect: both sides', () => {
  expect(
    documented(inNetwork('output y = image -> conv(8, 3)\n  exp$0ect params == 224')),
  ).toMatchInlineSnapshot(`
    "**Holds:** \`224 == 224\`

    ---

    \`params == 224\`"
  `)
  expect(
    hovered(inNetwork('output y = image -> conv(8, 3)\n  expect par$0ams < 224 <= macs')),
  ).toMatchInlineSnapshot(`"**Does not hold:** \`224 < 224 <= 10_645_344\`"`)
  expect(
    hovered(inNetwork('output y = image -> conv(8, 300)\n  expect params == 22$04')),
  ).toMatchInlineSnapshot(`"**Not known:** \`? == 224\`"`)
})

test('an expect in a block, each way it was evaluated', () => {
  const block = 'block b(x: tensor, n) {\n  exp$0ect n < 3\n  return x -> conv(n, 1)\n}\n'
  expect(
    hovered(`${block}${inNetwork('output y = image -> b(1) -> b(2) -> b(2) -> b(3)')}`),
  ).toMatchInlineSnapshot(`
    "Evaluated in 3 ways

    - **Holds:** \`1 < 3\` in \`b(n=1)\`
    - **Holds:** \`2 < 3\` in \`b(n=2)\`
    - **Does not hold:** \`3 < 3\` in \`b(n=3)\`"
  `)
})

test('a block that is applied by a name it was bound to', () => {
  const block = 'block b(x: tensor, n) { return x -> conv(n, 1) }\n'
  const applied = 'unit = b(8)\n  output y = image -> un$0it'
  expect(hovered(`${block}${inNetwork(applied)}`)).toMatch(/^\*\*3×224×224 → 8×224×224\*\* in `b\(n=8\)`/)
  const bound = 'unit = $0b(8)\n  output y = image -> unit'
  expect(hovered(`${block}${inNetwork(bound)}`)).toMatch(/^\*\*3×224×224 → 8×224×224\*\* in `b\(n=8\)`/)
})

test('a network that is applied like a block', () => {
  const inner = 'network Inner {\n  input x: [3, 8, 8]\n  output y = x -> conv(4, 3)\n}\n'
  expect(hovered(`${inner}${inNetwork('output y = image -> In$0ner')}`)).toMatch(
    /^\*\*3×224×224 → 4×222×222\*\* in `Inner`\n/,
  )
})

test('a constant that is a layer, called with more options', () => {
  const constant = 'unit = conv(8)\n'
  expect(hovered(`${constant}${inNetwork('output y = image -> un$0it(3)')}`)).toMatch(
    /^\*\*3×224×224 → 8×222×222\*\*\n/,
  )
  expect(hovered(`${constant}${inNetwork('output y = image -> unit(300$0)')}`)).toMatch(/^`conv.kernel`/)
  expect(hovered(`${constant}${inNetwork('output y = image -> $0unit(300)')}`)).toMatch(
    /^\*\*3×224×224 → 8×\?×\?\*\*\n/,
  )
})

test('an attribute', () => {
  expect(
    documented(inNetwork('y = image -> conv(8, 3)\n  expect y.sha$0pe == [8, 222, 222]')),
  ).toMatchInlineSnapshot(`
    "\`y.shape = [8, 222, 222]\`

    ---

    \`[C, spatial…]\`, without a batch."
  `)
})

test('a constant, and what is imported', () => {
  expect(documented('## How many.\nCLAS$0SES = 10 * 100\n')).toMatchInlineSnapshot(`
    "\`CLASSES = 1000\`

    ---

    How many.

    \`\`\`cnn
    CLASSES = 10 * 100
    \`\`\`"
  `)
  expect(hovered(`CLASSES = 10 * 100\n${inNetwork('output y = image -> conv(CLA$0SSES, 1)')}`)).toBe(
    '`CLASSES = 1000`',
  )
  expect(hovered(inUser('"./blocks.cnn"', '"./blo$0cks.cnn"'))).toMatchInlineSnapshot(`
    "\`./blocks.cnn\` declares 1 name

    \`residual\`"
  `)
})

test('a function on values', () => {
  expect(documented(inNetwork('n = m$0ax(3, 4)\n  output y = image -> conv(n, 1)'))).toMatchInlineSnapshot(`
    "\`max(a, b, …) or max(list)\`

    ---

    The result is the largest of the numbers."
  `)
})

test.each([
  ['output y = image -> m$0ax(axis=0)', '**3×224×224 → 224×224**'],
  ['output y = m$0ax(image, axis=0)', '**3×224×224 → 224×224**'],
  ['output y = m$0ax(image, 0)', '**3×224×224 → 224×224**'],
  ['output y = image -> conv(s$0um([3, 4]), 1)', '`sum(list)`'],
])('the layer or the function of one name: %s', (lines, expected) => {
  expect(documented(inNetwork(lines))).toContain(expected)
})

test('what says the axes of an input', () => {
  expect(documented('network N { input x: ro$0ws([196, 768]) output y = x }')).toMatchInlineSnapshot(`
    "\`rows([steps, features])\`

    ---

    The result is the size of an input, which says that its two axes are steps and features."
  `)
})

test('nothing where there is nothing to show', () => {
  expect(hovered('$0\nnetwork N { input x: [3] output y = x }\n')).toBeUndefined()
  expect(hovered('# a comm$0ent\n')).toBeUndefined()
  expect(hovered(inNetwork('output y = image -$0> relu'))).toBeUndefined()
  expect(hovered(inNetwork('output y = image -> nosuch$0layer'))).toMatchInlineSnapshot(`
    "\`nosuchlayer\` is not known

    Something in this statement fails.

    No layer, block or function is called \`nosuchlayer\`. Declare it, \`block nosuchlayer(x: tensor) { … }\`, or import it."
  `)
})

test('the short form has the first line alone', () => {
  expect(hovered(inNetwork('output y = image -> c$0onv(8, 3)'), { details: 'shapes' })).toBe(
    '**3×224×224 → 8×222×222**',
  )
})

test('a hover is about the name, not about the whole call', () => {
  expect(rangeText(inNetwork('output y = image -> c$0onv(8, 3)'))).toBe('conv')
  expect(rangeText(inNetwork('output y = image -> conv$0(8, 3)'))).toBe('conv')
})

test('a finding of a rule is explained with its source, below what is known of the layer', () => {
  const text = hovered(inNetwork('output y = image -> conv(8, 4, padding=ha$0lf)'), {}, DEFAULT_LINT) ?? ''
  expect(text).toContain('Finding [`even-kernel-half-grows`](https://')
  expect(text).toContain('an even one has')
  expect(text).toMatch(/\*Source: Dumoulin.*\*$/)
})

test('a block with an example has its shapes, and shows it', () => {
  const source =
    '## A unit.\n## @example [3, 8, 8] -> unit(4)\nblock unit(x: tensor, width) {\n  y = x -> conv(width, 3)\n  return y -> relu\n}\n'
  expect(hovered(source.replace('return y', 'return $0y'))).toMatch(/^\*\*4×6×6\*\*/)
  expect(documented(source.replace('block unit', 'block $0unit'))).toContain(
    'Example: `[3, 8, 8] -> unit(4)`',
  )
})

test('an option shows its value through the name that a layer or block was bound to', () => {
  const bound = inNetwork('c = conv(8, 3, dila$0tion=2)\n  output y = image -> c(padding=2)')
  expect(hovered(bound)).toContain('`conv.dilation` = `2`')
  const inner = inNetwork('output y = image -> conv(8, kern$0el=3)(padding=2)')
  expect(hovered(inner)).toContain('`conv.kernel` = `3`')
  const passed = `
    block twice(x: tensor, unit: layer) { return x -> unit(padding=1) -> unit(padding=0) }
    network N {
      input image: [3, 32, 32]
      output y = image -> twice(conv(3, kern$0el=3))
    }
  `
  expect(hovered(passed)).toContain('`conv.kernel` = `3`')
  const block = `
    block unit(x: tensor, width, rate=1) { return x -> conv(width, 3, dilation=rate) }
    network N {
      input image: [3, 32, 32]
      u = unit(ra$0te=2)
      output y = image -> u(8)
    }
  `
  expect(hovered(block)).toContain('`unit.rate` = `2`')
})
