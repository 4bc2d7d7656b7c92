import type { Tracer } from '../../trace/tracer'
import type { TraceValue } from '../../trace/values'
import type { OnnxNode } from '../node'

export type Inputs = readonly (TraceValue | undefined)[]

/**
 * Reads one node: its inputs as values, what it makes as values. It throws NoCounterpart where the language cannot
 * say it, and an ImportError where the model cannot be read at all.
 */
export type Operator = (node: OnnxNode, inputs: Inputs, tracer: Tracer) => readonly (TraceValue | undefined)[]

/** Operators by ONNX's names. */
export type Operators = Readonly<Record<string, Operator>>
