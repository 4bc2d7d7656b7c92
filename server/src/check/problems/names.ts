import type { Range } from '../../../../grammar/tree'
import type { TextEdit } from '../../model/problem'
import type { Words } from '../../model/words'
import { quoted, shortened, suggestion } from '../words'
import { readingsAdvice } from './advice'
import { problem } from './declare'
import type { Understanding } from './misplaced'

export interface UnknownNameData {
  readonly name: string
  readonly suggestions: readonly string[]
  /** What another framework's name is called here. */
  readonly foreign?: string
}

export const unknownName = problem<UnknownNameData>({
  code: 'unknown-name',
  title: 'A name that means nothing here',
  explanation:
    'A name means, innermost first, what the body has bound so far, what the file declares or imports, and the built-in layers and functions. Bind the name before this line, import it, or correct its spelling.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = imgae -> relu\n}\n',
  words: ({ name, suggestions }) => ({
    what: `nothing here is called \`${name}\``,
    why: '',
    todo: suggestion(suggestions) ?? 'bind it above this line, declare it in this file, or import it',
  }),
})

/** One way to write a call of another framework here. */
export interface Meaning {
  /** All of the call. */
  readonly text: string
  /** It has arrows in it. */
  readonly isFlow: boolean
  /** The layer that it calls. */
  readonly layer?: string
  /** What it calls is bound in this text, under a name without parts. */
  readonly isBound?: true
  /** What is not the same here, or not known. */
  readonly remark?: string
}

/** What is known of a call that stands as another framework would have it. */
export interface TranslatedData {
  /** What the call means here, the likeliest first. */
  readonly meanings?: readonly Meaning[]
  /** The call, and what it calls. */
  readonly call?: Range
  readonly callee?: Range
}

type UnknownLayerData = UnknownNameData & TranslatedData

export const unknownLayer = problem<UnknownLayerData>({
  code: 'unknown-layer',
  title: 'A layer or block that does not exist',
  explanation:
    'The name stands where a layer, block or network is applied, and none of them has this name. Layers have the names of the reference; the names that PyTorch, Keras and Caffe use are recognised and lead to ours.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> Conv2d(4, 3)\n}\n',
  words: unknownLayerWords,
})

function unknownLayerWords(data: UnknownLayerData): Words {
  const { name, suggestions, foreign, meanings = [] } = data
  const [first] = meanings
  if (first === undefined && foreign === undefined) {
    return {
      what: `no layer, block or function is called \`${name}\``,
      why: '',
      todo: suggestion(suggestions) ?? `declare it, \`block ${name}(x: tensor) { … }\`, or import it`,
    }
  }
  const what = `there is no layer or block \`${name}\``
  if (first === undefined) return { what, why: calledHere(foreign), todo: `write \`${foreign}\`` }
  const todo = `write ${meanings.map(({ text }) => `\`${shortened(text, MOST_SHOWN)}\``).join(' or ')}`
  if (first.isBound) return { what, why: 'names have no parts here', todo }
  if (first.layer === undefined)
    return { what, why: 'layers run one after the other along arrows here', todo }
  const why = calledHere(first.layer)
  return { what, why: first.remark === undefined ? why : `${why} (${first.remark})`, todo }
}

function calledHere(layer: string | undefined): string {
  return `the layer is called \`${layer}\` here`
}

/** How many characters of a call are shown. */
const MOST_SHOWN = 60

export interface UnknownOptionData extends UnknownNameData, TranslatedData {
  readonly layer: string
  readonly options: readonly string[]
  /** What values become that are not the same here: axes are counted without the batch, a share is its complement. */
  readonly converted?: ConvertedData
  /** A size of the input, which is inferred here: the edits that take it out. */
  readonly inferred?: readonly TextEdit[]
  /** Whether it is known what is meant. */
  readonly isCertain: boolean
  /** Where more than this is written in another framework's way: the whole call as it may be meant. */
  readonly readings?: readonly Understanding[]
}

export interface ConvertedData {
  /** How it becomes ours, in words; absent for axes. */
  readonly how?: string
  /** The value as it stands; absent where it is not known. */
  readonly written?: string
  /** The same as it is written here; absent where it has no counterpart: the batch is no axis here. */
  readonly meant?: string
  /** What has to be changed to say so; absent where the text cannot be. */
  readonly edits?: readonly TextEdit[]
}

export const unknownOption = problem<UnknownOptionData>({
  code: 'unknown-option',
  title: 'An option that the layer or block does not have',
  explanation:
    'Options are given by the names of the reference, or of the block’s own parameters. The names that PyTorch, Keras and Caffe use are recognised and lead to ours.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(4, kernel_size=3)\n}\n',
  words: (data) => ({
    what: `\`${data.layer}\` has no option \`${data.name}\``,
    ...unknownOptionWords(data),
  }),
})

function unknownOptionWords(data: UnknownOptionData): Pick<Words, 'why' | 'todo'> {
  const { foreign, converted, inferred, options, suggestions } = data
  const { meanings = [] } = data
  if (meanings.length > 0) return { why: 'other frameworks have it', todo: readingsAdvice(meanings) }
  if (data.readings) {
    return {
      why: 'its options have their own names here, and sizes of the input are inferred',
      todo: readingsAdvice(data.readings),
    }
  }
  if (inferred) return { why: 'sizes of the input are inferred here', todo: 'leave it out' }
  if (foreign !== undefined)
    return converted ? convertedWords(data, foreign, converted) : foreignWords(foreign)
  return {
    why: options.length === 0 ? 'it takes no options' : `its options are ${quoted(options)}`,
    todo: suggestion(suggestions) ?? (options.length === 0 ? 'remove it' : 'use one of them, or remove it'),
  }
}

function foreignWords(foreign: string): Pick<Words, 'why' | 'todo'> {
  return { why: `the option is called \`${foreign}\` here`, todo: `write \`${foreign}=\`` }
}

function convertedWords(
  data: UnknownOptionData,
  foreign: string,
  converted: ConvertedData,
): Pick<Words, 'why' | 'todo'> {
  const { how, meant } = converted
  if (how === undefined) return axesWords(data, foreign, converted)
  return {
    why: `the option is called \`${foreign}\` here, and its value is another: ${how}`,
    todo: `write \`${foreign}=${meant ?? ''}\``,
  }
}

function axesWords(
  { name }: UnknownOptionData,
  foreign: string,
  { written, meant }: ConvertedData,
): Pick<Words, 'why' | 'todo'> {
  const counted = `\`${foreign}\` counts from 0, the channels, and \`${name}\` counts the batch too`
  if (meant !== undefined) return { why: counted, todo: `write \`${foreign}=${meant}\`` }
  if (written === undefined) return { why: counted, todo: `write \`${foreign}=\`, one less than \`${name}\`` }
  return {
    why: `${counted}: \`${name}=${written}\` names the batch, which no tensor has here`,
    todo: `write \`${foreign}=\` with an axis of one image`,
  }
}

export const unknownAttribute = problem<
  UnknownNameData & { readonly of: string; readonly has: readonly string[] }
>({
  code: 'unknown-attribute',
  title: 'An attribute that the value does not have',
  explanation:
    'Tensors have `shape`, `channels`, the names of their spatial axes, `spatial`, `rank`, `items`, `params`, `macs`, `rf` and `stride`; other values have no attributes. `height` and `width` exist where there are two or three spatial axes, `depth` where there are three, `length` where there is one.',
  example: 'network N {\n  input signal: [3, 64]\n  output y = signal -> relu\n  expect y.height == 64\n}\n',
  instead: 'network N {\n  input signal: [3, 64]\n  output y = signal -> relu\n  expect y.length == 64\n}\n',
  words: ({ name, of, has, suggestions }) => ({
    what: `${of} has no \`.${name}\``,
    why: has.length === 0 ? 'only tensors have attributes' : `it has ${quoted(has)}`,
    todo: suggestion(suggestions) ?? (has.length === 0 ? 'ask a tensor for it' : 'use one of these'),
  }),
})

export const nameNotBound = problem<{
  readonly name: string
  readonly line: number
  readonly later: boolean
}>({
  code: 'name-not-bound',
  title: 'A name that is not bound on this path',
  explanation:
    'The name is bound elsewhere in the body, but not on the way to this line: further down, or in a branch or loop that did not run. Bind it before, or on every path.',
  example:
    'network N(deep=false) {\n  input image: [3, 8, 8]\n  if deep {\n    extra = image -> relu\n  }\n  output y = extra\n}\n',
  instead:
    'network N(deep=false) {\n  input image: [3, 8, 8]\n  extra = image\n  if deep {\n    extra = image -> relu\n  }\n  output y = extra\n}\n',
  words: ({ name, line, later }) => ({
    what: `\`${name}\` is not bound here`,
    why: later
      ? `it is bound only later, on line ${line}`
      : `it is bound only in a branch or loop that did not run, on line ${line}`,
    todo: later ? 'bind it before this line' : 'bind it on every path that leads here',
  }),
})

export const duplicateName = problem<{ readonly name: string; readonly line: number }>({
  code: 'duplicate-name',
  title: 'Two declarations of one name',
  explanation:
    'Constants, blocks, networks and imports of a file share one space of names, and so do the parameters of a block and the outputs of a network: each name can be declared once.',
  example: 'WIDTH = 8\nWIDTH = 16\n',
  instead: 'WIDTH = 8\nWIDER = 16\n',
  words: ({ name, line }) => ({
    what: `\`${name}\` is already declared on line ${line}`,
    why: '',
    todo: 'rename one of them',
  }),
})
