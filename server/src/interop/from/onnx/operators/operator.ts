import type { OnnxNode } from '../node'
import type { Reader } from '../reader'
import type { OnnxValue } from '../values'

export type Inputs = readonly (OnnxValue | undefined)[]

/**
 * Reads one node: its inputs as values, what it makes as values. It throws NoCounterpart where the language cannot
 * say it, and an ImportError where the model cannot be read at all.
 */
export type Operator = (node: OnnxNode, inputs: Inputs, reader: Reader) => readonly (OnnxValue | undefined)[]

/** Operators by ONNX's names. */
export type Operators = Readonly<Record<string, Operator>>
