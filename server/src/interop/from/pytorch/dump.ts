/** What `dump.py` writes: the calls of a PyTorch model that was run once. */
import { ImportError, refuse } from '../../graph/import-error'

/** A value in a call: a tensor's number, the name of weights, a constant, or what JSON says by itself. */
export type DumpValue =
  | null
  | boolean
  | number
  | string
  | readonly DumpValue[]
  | { readonly t: number }
  | { readonly p: string }
  | { readonly c: number; readonly numbers: readonly number[] | null }
  | { readonly slice: readonly [DumpValue, DumpValue, DumpValue] }
  | { readonly ellipsis: true }
  | { readonly repr: string }

export interface DumpStep {
  readonly name: string
  readonly type: string | null
}

export interface DumpCall {
  /** The class of a layer of torch.nn; absent for a function. */
  readonly module?: string
  /** A function's name as PyTorch spells it out: `torch.nn.functional.relu`. */
  readonly function?: string
  readonly path: readonly DumpStep[]
  readonly line: { readonly file: string; readonly line: number } | null
  readonly args: readonly DumpValue[]
  readonly kwargs: Readonly<Record<string, DumpValue>>
  readonly attributes?: Readonly<Record<string, DumpValue>>
  /** Names of a layer's weights in the model, by their names in the layer. */
  readonly parameters?: Readonly<Record<string, string | null>>
  /** Absent for the call that raised. */
  readonly out?: DumpValue
}

export interface DumpFault {
  readonly type: string
  readonly message: string
  readonly frames: readonly { readonly file: string; readonly line: number; readonly text: string | null }[]
  readonly path: readonly DumpStep[]
  /** Which call raised; null where none of PyTorch's did. */
  readonly call: number | null
}

export interface Dump {
  readonly torch: string
  readonly model: string
  readonly type: string
  readonly documentation: string | null
  readonly inputs: readonly { readonly name: string; readonly tensor: number }[]
  readonly outputs: readonly { readonly name: string; readonly tensor: number }[]
  readonly tensors: readonly { readonly shape: readonly number[]; readonly type: string }[]
  readonly parameters: Readonly<
    Record<
      string,
      { readonly shape: readonly number[]; readonly trained: boolean; readonly parameter: boolean }
    >
  >
  readonly calls: readonly DumpCall[]
  readonly fault: DumpFault | null
}

const FORMAT = 'cnnlint-pytorch'
const VERSION = 1

/** @throws ImportError when the text is no dump, or says why there is none */
export function parseDump(text: string): Dump {
  const dump = parsed(text)
  if (dump?.format !== FORMAT) {
    refuse(
      'this is no dump of a PyTorch model',
      `its format is not ${FORMAT}`,
      'make one with the script that comes with cnnlint: python3 dump.py FILE.py:Name --input SIZE --output dump.json',
    )
  }
  if (dump.version !== VERSION) {
    refuse(
      `the dump has version ${String(dump.version)}`,
      `this program reads version ${VERSION}`,
      'make it anew with the script that comes with this cnnlint',
    )
  }
  if (typeof dump.refused === 'string') {
    throw new ImportError({ what: dump.refused, why: '', todo: '' })
  }
  if (!isComplete(dump)) {
    refuse('the dump is not whole', 'parts of it are missing or of another kind', 'make it anew')
  }
  return dump
}

interface Header {
  readonly format?: unknown
  readonly version?: unknown
  readonly refused?: unknown
}

function parsed(text: string): Header | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

const LISTS = ['inputs', 'outputs', 'tensors', 'calls'] as const

function isComplete(dump: Header): dump is Header & Dump {
  const whole = dump as Readonly<Record<string, unknown>>
  return (
    LISTS.every((name) => Array.isArray(whole[name])) &&
    typeof whole.parameters === 'object' &&
    whole.parameters !== null
  )
}

/** Whether a text is a dump, whatever is in it. */
export function isDump(text: string): boolean {
  return parsed(text)?.format === FORMAT
}
