import type { Call } from '../../../../grammar/tree'
import type { TextEdit } from '../../model/problem'
import { quoted, shortened } from '../words'
import { readingsAdvice } from './advice'
import { problem } from './declare'

/** How many characters of a call or an argument are shown. */
const MOST_SHOWN = 60

/** One way to understand a call, with the edits after which it says so. */
export interface Understanding {
  /** All by name, in PyTorch's order, or the last options as one list. */
  readonly kind: 'names' | 'pytorch' | 'list'
  readonly edits: readonly TextEdit[]
  /** The call as it is then. */
  readonly text: string
}

export interface MisplacedData {
  readonly layer: string
  /** The options that go by place. */
  readonly byPlace: readonly string[]
  readonly call: Call
  /** The texts at the places of these options. */
  readonly placed: readonly string[]
  /** The likeliest first; none where no order of options takes these values. */
  readonly readings: readonly Understanding[]
  /** Whether the first one is what is meant, as far as can be known. */
  readonly isCertain: boolean
  /** What PyTorch's order takes for the size of the input. */
  readonly givenSize?: number | string
  /** The size that comes in; absent where it is not known. */
  readonly inputSize?: number | string
}

export const optionNeedsName = problem<MisplacedData>({
  code: 'option-needs-name',
  title: 'An option by place that needs its name',
  explanation:
    'Only the options that nearly every call gives go by place, such as `channels` and `kernel` of `conv`; the page of each layer says which. All others stand under their names, because their order is easy to confuse: `conv(3, 64, 7, 2, 3)` has 64 channels in PyTorch, where the size of the input comes first. Here sizes of the input are inferred and never written.',
  example: 'network N {\n  input image: [3, 224, 224]\n  output y = image -> conv(3, 64, 7, 2, 3)\n}\n',
  words: ({ layer, byPlace, placed, readings, givenSize, inputSize }) => ({
    what:
      byPlace.length === 0
        ? `\`${layer}\` takes no option by place`
        : `\`${layer}\` takes only ${quoted(byPlace)} by place${shown(placed)}`,
    why: reason(readings[0]?.kind, givenSize, inputSize),
    todo: readingsAdvice(readings),
  }),
})

/** `, here 64 and 128`: what has the places may show that another order was meant. */
function shown(placed: readonly string[]): string {
  return placed.length === 0
    ? ''
    : `, here ${placed.map((text) => shortened(text, MOST_SHOWN)).join(' and ')}`
}

function reason(
  likeliest: Understanding['kind'] | undefined,
  givenSize: number | string | undefined,
  inputSize: number | string | undefined,
): string {
  if (likeliest === 'list') return 'several numbers for one option stand in brackets'
  if (likeliest !== 'pytorch' || givenSize === undefined) {
    return 'all other options stand under their names, so that their order cannot be confused'
  }
  const other = inputSize === undefined || inputSize === givenSize ? '' : `: it is ${inputSize} here`
  return `the size of its input, which PyTorch writes too, is inferred${other}`
}
