/** The classes of fixes in words, as lists and pages show them. */
import type { FixClass } from '../model/problem'

interface DescribedClass {
  readonly name: string
  /** What such a fix is to the network. */
  readonly text: string
  /** What applies it beside its author. */
  readonly option: '--fix' | '--fix --unsafe-fixes'
}

/** The strongest first. */
export const FIX_CLASSES: Readonly<Record<FixClass, DescribedClass>> = {
  certain: {
    name: 'certain',
    text: 'there is one thing that the text can have meant',
    option: '--fix',
  },
  'same-network': {
    name: 'same network',
    text: 'the parameters, their order and the outputs stay as they are',
    option: '--fix',
  },
  'same-function': {
    name: 'same function',
    text: 'the outputs can stay the same, but old checkpoints no longer load',
    option: '--fix --unsafe-fixes',
  },
  choice: {
    name: 'choice',
    text: 'it changes the network, and its author chooses',
    option: '--fix --unsafe-fixes',
  },
}

/** Whether fixes of a class are applied without being asked for. */
export function isUnasked(own: FixClass): boolean {
  return FIX_CLASSES[own].option === '--fix'
}
