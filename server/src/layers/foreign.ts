/** How other frameworks write layers and values. */
import type { ForeignArgument, ForeignLayer, ForeignValue, Framework, WrittenValue } from '../model/foreign'

type Meaning = Omit<ForeignLayer, 'name' | 'from'>

function named(from: Framework, names: string, meaning: Meaning = {}): readonly ForeignLayer[] {
  return names.split(' ').map((name) => ({ name, from, ...meaning }))
}

/** The names, separated by spaces, that PyTorch (or torchvision) has for a layer. */
export const pytorch = (names: string, meaning?: Meaning) => named('PyTorch', names, meaning)
export const keras = (names: string, meaning?: Meaning) => named('Keras', names, meaning)
export const tensorflow = (names: string, meaning?: Meaning) => named('TensorFlow', names, meaning)
export const caffe = (names: string, meaning?: Meaning) => named('Caffe', names, meaning)
export const flax = (names: string, meaning?: Meaning) => named('Flax', names, meaning)
export const onnx = (names: string, meaning?: Meaning) => named('ONNX', names, meaning)
export const mxnet = (names: string, meaning?: Meaning) => named('MXNet', names, meaning)

/** Names that no one framework owns, whose calls do more or other than ours, or may. */
export function unlike(names: string, remark: string, meaning: Meaning = {}): readonly ForeignLayer[] {
  return names.split(' ').map((name) => ({ name, remark, ...meaning }))
}

/** `(64, 3)` for two arguments that are one list here. */
export function parts(option: string, ...names: readonly string[]): Record<string, ForeignArgument> {
  return Object.fromEntries(names.map((name, part) => [name, { option, part }]))
}

function numberText(value: number): string {
  // 1 − 0.9 is 0.1 to anybody who writes it.
  return String(Number(value.toPrecision(12)))
}

/** Expressions before or behind which an operator takes the whole. */
const SIMPLE = /^[\p{L}_][\p{L}\d_.]*$/u

function grouped(text: string): string {
  return SIMPLE.test(text) ? text : `(${text})`
}

/** The share that is kept, in place of the share that goes. */
export const complement: ForeignValue = {
  words: '1 − value',
  write: ({ value, text }) => (typeof value === 'number' ? numberText(1 - value) : `1 - ${grouped(text)}`),
}

/** How many lie on each side, in place of how many there are in all. */
export const radius: ForeignValue = {
  words: '2 · value + 1',
  isOfLayer: true,
  write: ({ value, text }) =>
    typeof value === 'number' ? numberText(2 * value + 1) : `2 * ${grouped(text)} + 1`,
}

/** A word for each word of another framework. */
export function words(table: Readonly<Record<string, string | null>>): ForeignValue {
  return {
    words: Object.entries(table)
      .map(([theirs, ours]) => `${theirs} → ${ours ?? 'left out'}`)
      .join(', '),
    write: ({ value }) => {
      const key = String(value)
      return Object.hasOwn(table, key) ? table[key] : undefined
    },
  }
}

/** Both switches of Keras' normalisations are one here: it can be told where they agree. */
export function bothOf(other: string): ForeignValue {
  return {
    words: `as \`${other}\` says too`,
    write: ({ value, text }, { given }) => {
      const otherValue = given(other)?.value ?? true
      if (value === otherValue) return text === 'true' ? null : text
      return undefined
    },
  }
}

/** An axis, or a list of them, counted with the batch. */
export const afterBatch: ForeignValue = {
  words: 'counted without the batch',
  write: (written) => writeAxes(written, (axis) => (axis < 0 ? axis : axis > 0 ? axis - 1 : undefined)),
}

/** An axis, or a list of them, counted with the batch where the channels are last. */
export const channelsLast: ForeignValue = {
  words: 'counted without the batch, channels first',
  write: (written, { input }) => {
    const rank = input?.length
    return writeAxes(written, (axis) => {
      if (axis === -1) return rank === 2 ? undefined : 0
      if (axis === 0 || rank === undefined) return undefined
      const place = axis < 0 ? rank + 1 + axis : axis
      if (place <= 0 || place > rank) return undefined
      return place === rank ? 0 : place
    })
  },
}

/** The last axis where the channels, or the features of a row, are last: what ours takes by itself. */
export const ownAxis: ForeignValue = {
  words: 'left out for −1',
  write: (written, context) =>
    written.value === -1 || ((context.input?.length ?? 0) > 2 && written.value === context.input?.length)
      ? null
      : channelsLast.write(written, context),
}

function writeAxes(
  { value, items }: WrittenValue,
  convert: (axis: number) => number | undefined,
): string | undefined {
  if (typeof value === 'number') return show(convert(value))
  if (items === undefined) return undefined
  const axes = items.map((item) => (typeof item.value === 'number' ? convert(item.value) : undefined))
  if (axes.some((axis) => axis === undefined)) return undefined
  return `[${axes.toSorted((a, b) => (a as number) - (b as number)).join(', ')}]`
}

function show(axis: number | undefined): string | undefined {
  return axis === undefined ? undefined : String(axis)
}

/** `(left, right, top, bottom)`: the pairs of the last axis come first. */
export const lastAxisFirst: ForeignValue = {
  words: '(left, right, top, bottom) → [top, bottom, left, right]',
  write: ({ text, items }) => {
    if (items === undefined) return text
    const texts = items.map((item) => item.text)
    const pairs = texts.flatMap((begin, i) => (i % 2 === 0 ? [[begin, texts[i + 1] ?? begin]] : []))
    return `[${pairs.reverse().flat().join(', ')}]`
  },
}

/** `((top, bottom), (left, right))`, one amount for each axis, or one for all. */
export const pairs: ForeignValue = {
  words: '((top, bottom), (left, right)) → [top, bottom, left, right]',
  write: ({ text, items }) => {
    if (items === undefined) return text
    const flat = items.flatMap((item) => item.items ?? [item])
    return `[${flat.map((item) => item.text).join(', ')}]`
  },
}

/** The same, where positions are taken away. */
export const pairsTaken: ForeignValue = {
  words: '((top, bottom), (left, right)) → [−top, −bottom, −left, −right]',
  write: ({ text, items }) => {
    if (items === undefined) return `-${grouped2(text)}`
    const flat = items.flatMap((item) => item.items ?? [item])
    return `[${flat.map((item) => (item.value === 0 ? '0' : `-${grouped2(item.text)}`)).join(', ')}]`
  },
}

function grouped2(text: string): string {
  return /^[\d_.]+$/.test(text) ? text : grouped(text)
}

/** Keras' padding words, in whatever letters; `causal` pads the front alone. */
export const kerasPadding: ForeignValue = {
  words: 'causal → [(k − 1)·d, 0]',
  write: ({ value, text }, { given }) => {
    if (typeof value !== 'string') return text
    const word = value.toLowerCase()
    if (word === 'same' || word === 'valid') return word
    if (word === 'same_upper') return 'same'
    if (word !== 'causal') return undefined
    const kernel = given('kernel_size') ?? given('kernel')
    if (kernel === undefined) return undefined
    const dilation = given('dilation_rate')
    const k = kernel.items?.[0] ?? kernel
    const d = dilation?.items?.[0] ?? dilation
    if (typeof k.value === 'number' && (d === undefined || typeof d.value === 'number')) {
      return `[${(k.value - 1) * ((d?.value as number | undefined) ?? 1)}, 0]`
    }
    return `[(${k.text} - 1)${d === undefined ? '' : ` * ${grouped(d.text)}`}, 0]`
  },
}

/** TensorFlow's strides name the batch and the channels too: `[1, 2, 2, 1]`. */
const strideOfMap: ForeignValue = {
  words: '[1, 2, 2, 1] → [2, 2]',
  write: ({ text, items }) => {
    if (items === undefined || items.length < 3) return text
    const [batch, last] = [items[0], items.at(-1)]
    if (batch?.value !== 1 || last?.value !== 1) return undefined
    const own = items.slice(1, -1).map((item) => item.text)
    return new Set(own).size === 1 ? own[0] : `[${own.join(', ')}]`
  },
}

/** The arguments of Keras' convolutions that mean something else than ours of that name. */
export const KERAS_WINDOW = {
  padding: { option: 'padding', value: kerasPadding },
  border_mode: { option: 'padding', value: kerasPadding },
  strides: { option: 'stride', value: strideOfMap },
  data_format: { only: ['channels_last', 'none'] },
  activation: 'activation',
} as const satisfies Record<string, ForeignArgument>

/** Caffe writes the sizes of a window along each axis apart. */
export const CAFFE_WINDOW: Readonly<Record<string, ForeignArgument>> = {
  ...parts('kernel', 'kernel_h', 'kernel_w'),
  ...parts('stride', 'stride_h', 'stride_w'),
  ...parts('padding', 'pad_h', 'pad_w'),
}

export const KERAS_ORDER = [
  ...['filters', 'kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', 'groups'],
  ...['activation', 'use_bias'],
]

/** Texts of numbers as one value: itself where all are the same, else a list. */
export function shown(texts: readonly string[]): string {
  const [first] = texts
  return first !== undefined && texts.every((text) => text === first) ? first : `[${texts.join(', ')}]`
}

/** What Keras calls the activation that does nothing. */
export const NO_ACTIVATION = 'linear'
