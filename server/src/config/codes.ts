/** Every code that a diagnostic can have, those of a configuration too. */
import { CODES, type DescribedCode, describeKind } from '../lint/codes'
import { CONFIG_KINDS } from './problems'

/** The category of mistakes in a configuration, whose examples are configurations too. */
export const CONFIGURATION = 'Configuration'

const CONFIG_CODES: ReadonlyMap<string, DescribedCode> = new Map(
  CONFIG_KINDS.map((kind) => [kind.code, describeKind(kind, CONFIGURATION)]),
)

export function describedCodes(): readonly DescribedCode[] {
  return [...CODES.values(), ...CONFIG_CODES.values()]
}

/** Undefined for what is no code. */
export function describeCode(code: string): DescribedCode | undefined {
  return CODES.get(code) ?? CONFIG_CODES.get(code)
}
