/** Constraints on windows, strides and paddings. */
import { constraint, networkText } from '../declare'
import { span } from '../padding'
import { spellPadded, spellTransposed } from '../spell'
import { paddedSize, type WindowAxis } from '../window'

export interface WindowData {
  /** The first spatial axis at fault, an index into `axes`. */
  readonly axis: number
  readonly axes: readonly WindowAxis[]
}

/** The first axis that fails `test`, as a violation's data. */
export function failing(axes: readonly WindowAxis[], test: (axis: WindowAxis, i: number) => boolean) {
  const axis = axes.findIndex((candidate, i) => !test(candidate, i))
  return axis < 0 ? undefined : { axis, axes }
}

function culprit({ axis, axes }: WindowData): WindowAxis {
  return axes[axis] as WindowAxis
}

/** `kernel 7`, or `kernel 3 with dilation 4 (9 wide)`. */
function spellKernel(axis: WindowAxis): string {
  const { kernel, dilation } = axis
  return dilation === 1
    ? `kernel ${kernel}`
    : `kernel ${kernel} with dilation ${dilation} (spanning ${span(axis)})`
}

const WINDOW_EXCEEDS_INPUT = {
  code: 'window-exceeds-input',
  title: 'A window that is larger than its padded input',
  explanation:
    'The window of a kernel k with dilation d covers d(k − 1) + 1 positions. Along each axis it must fit into the padded input at least once. Often the layers before have made the map smaller than expected.',
}

export const windowExceedsInput = constraint<WindowData>({
  ...WINDOW_EXCEEDS_INPUT,
  example: networkText('x -> conv(8, 7)', '[3, 5, 5]'),
  text: 'Along every axis the window, `d(k − 1) + 1`, is at most as large as the padded input.',
  words: (data) => {
    const axis = culprit(data)
    const missing = span(axis) - paddedSize(axis)
    const fitting = Math.floor((paddedSize(axis) - 1) / axis.dilation) + 1
    const padding = `padding=${Math.max(axis.begin, axis.end) + Math.ceil(missing / 2)} or more`
    return {
      what: `${spellKernel(axis)} is larger than the padded ${axis.name} ${paddedSize(axis)} (${spellPadded(axis)})`,
      why: 'a window must fit into its padded input at least once',
      todo: fitting >= 1 ? `use ${padding}, or a kernel of at most ${fitting}` : `use ${padding}`,
    }
  },
})

export const poolPaddingTooLarge = constraint<WindowData>({
  code: 'pool-padding-too-large',
  title: 'Padding of more than half the pooling window',
  explanation:
    'With more padding than half the window, a window could lie in the padding alone and would have nothing to pool. PyTorch does not allow it either.',
  example: networkText('x -> maxpool(3, stride=2, padding=2)', '[64, 56, 56]'),
  text: 'The padding is at most half the window, ⌊k/2⌋, on every side.',
  words: (data) => {
    const axis = culprit(data)
    const most = Math.floor(axis.kernel / 2)
    const padding = Math.max(axis.begin, axis.end)
    return {
      what: `padding ${padding} of the ${axis.name} is more than half of kernel ${axis.kernel}`,
      why: 'a pooling window that lies in the padding alone has nothing to pool',
      todo: `use padding=${most}${most === 0 ? '' : ' or less'}, or a kernel of at least ${2 * padding}`,
    }
  },
})

export const poolWindowExceedsInput = constraint<WindowData>({
  ...WINDOW_EXCEEDS_INPUT,
  example: networkText('x -> maxpool(7)', '[64, 5, 5]'),
  text: 'Along every axis at least one window fits: `d(k − 1) + 1` is at most as large as the padded input (with `ceil=true` plus s − 1).',
  words: (data) => {
    const axis = culprit(data)
    const fitting = Math.floor((paddedSize(axis) - 1) / axis.dilation) + 1
    const { what, why } = windowExceedsInput.words(data)
    const kernel = data.axes.map((each) => (span(each) > paddedSize(each) ? each.input : each.kernel))
    const todo = data.axes.some((each) => span(each) <= paddedSize(each))
      ? `use kernel=[${kernel.join(', ')}], or a larger input`
      : fitting > 1
        ? `pool the whole map, use a kernel of at most ${fitting}, or a larger input`
        : 'use a larger input, or pool less before'
    return { what, why, todo }
  },
})

export const windowExceedsUnpadded = constraint<WindowData>({
  code: 'window-exceeds-unpadded-input',
  title: 'A pooling window larger than the volume without its padding',
  explanation:
    'Average pooling over three axes needs a window that fits into the input before it is padded, as in PyTorch.',
  example: networkText('x -> avgpool(4, padding=2)', '[8, 2, 16, 16]'),
  text: 'On `[C, D, H, W]`, padded by an amount, the window is at most as large as the input without its padding (as in PyTorch).',
  words: (data) => {
    const axis = culprit(data)
    return {
      what: `kernel ${axis.kernel} is larger than the ${axis.name} ${axis.input} without padding`,
      why: 'average pooling over three axes wants its window inside the unpadded input',
      todo: `use a kernel of at most ${axis.input}, or pad the input by a pad layer before`,
    }
  },
})

export interface OutputPaddingData extends WindowData {
  readonly outputPadding: readonly number[]
}

export const outputPaddingTooLarge = constraint<OutputPaddingData>({
  code: 'output-padding-too-large',
  title: '`output_padding` that is not smaller than the stride',
  explanation:
    'A convolution with a stride gives the same output size for several input sizes. `output_padding` chooses one of them on the way back, so it is smaller than the stride, or than the dilation.',
  example: networkText('x -> conv_transpose(32, 3, stride=2, output_padding=2)', '[64, 28, 28]'),
  text: 'Along every axis `output_padding` is smaller than the stride or the dilation.',
  words: (data) => {
    const axis = culprit(data)
    const most = Math.max(axis.stride, axis.dilation) - 1
    return {
      what: `output_padding ${data.outputPadding[data.axis]} of the ${axis.name} is neither smaller than stride ${axis.stride} nor than dilation ${axis.dilation}`,
      why: 'it only chooses among the input sizes that the stride maps to one output size',
      todo: `use output_padding=${most}${most === 0 ? '' : ' or less'}, or a larger stride`,
    }
  },
})

export interface OutputData extends OutputPaddingData {
  /** The size along every axis; below 1 along the one at fault. */
  readonly outputs: readonly number[]
}

/** What layers have in common that can make an axis too small. */
export const OUTPUT_BELOW_ONE = {
  code: 'output-below-one',
  title: 'An output that has no positions left',
  explanation:
    'Each axis of a map has at least one position. Here the padding, a negative amount or a small scale takes all of them away.',
}

export const transposedOutputBelowOne = constraint<OutputData>({
  ...OUTPUT_BELOW_ONE,
  example: networkText('x -> conv_transpose(8, 1, padding=2)', '[8, 4, 4]'),
  text: 'Every axis of the output is at least 1.',
  words: (data) => {
    const axis = culprit(data)
    const output = data.outputs[data.axis] as number
    const less = Math.ceil((1 - output) / 2)
    const formula = spellTransposed(axis, data.outputPadding[data.axis] ?? 0)
    return {
      what: `the output’s ${axis.name} would be ${output}`,
      why: `${formula} = ${output}: padding ${axis.begin} takes away more than the ${axis.name} ${axis.input} grows to`,
      todo: `use padding=${Math.max(0, Math.min(axis.begin, axis.end) - less)}, or a larger kernel`,
    }
  },
})

export interface ReachedData {
  /** What is given of `output_padding`, `size` and the second tensor. */
  readonly given: readonly string[]
}

export const outputPaddingOrSize = constraint<ReachedData>({
  code: 'output-padding-or-size',
  title: 'The size of the output is given twice',
  explanation:
    '`output_padding`, `size` and a second tensor each choose one of the sizes that the stride allows. So only one of them is given.',
  example: networkText('x -> conv_transpose(32, 3, stride=2, output_padding=1, size=58)', '[64, 28, 28]'),
  instead: networkText('x -> conv_transpose(32, 3, stride=2, size=58)', '[64, 28, 28]'),
  text: 'At most one of `output_padding`, `size` and a second tensor is given.',
  words: ({ given }) => ({
    what: `${given.join(' and ')} are given together`,
    why: 'each of them chooses among the sizes that the stride leaves open',
    todo: `leave ${given.length === 2 ? 'one of them' : 'all but one'} out`,
  }),
})

export interface OutOfReachData extends WindowData {
  /** The size to reach along every axis, and the smallest that the layer makes. */
  readonly wanted: readonly number[]
  readonly smallest: readonly number[]
}

export const sizeOutOfReach = constraint<OutOfReachData>({
  code: 'size-out-of-reach',
  title: 'A size that a transposed convolution cannot reach',
  explanation:
    'A transposed convolution with stride s can make s different sizes, and `size` chooses one of them. For any other size, change the kernel, the stride or the padding, or use `resize` after it.',
  example: networkText('x -> conv_transpose(32, 3, stride=2, size=60)', '[64, 28, 28]'),
  instead: networkText('x -> conv_transpose(32, 3, stride=2, size=58)', '[64, 28, 28]'),
  text: 'Along every axis the size to reach is the smallest possible one (`output_padding=0`), or up to s − 1 more.',
  words: (data) => {
    const axis = culprit(data)
    const smallest = data.smallest[data.axis] as number
    const largest = smallest + axis.stride - 1
    return {
      what: `the ${axis.name} ${axis.input} does not become ${data.wanted[data.axis]} with kernel ${axis.kernel}, stride ${axis.stride} and padding ${axis.begin === axis.end ? axis.begin : `${axis.begin} + ${axis.end}`}`,
      why:
        smallest === largest
          ? `only ${smallest} can be reached`
          : `sizes from ${Math.max(1, smallest)} to ${largest} can be reached`,
      todo: 'change kernel, stride or padding, or use resize or center_crop after it',
    }
  },
})
