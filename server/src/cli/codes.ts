import { PROBLEM_KINDS } from '../check/problems'
import { LAYERS } from '../layers'
import { documentationUrl } from '../model/documentation'

/** What is known of a diagnostic by its code alone. */
export interface DescribedCode {
  readonly code: string
  /** One line; faults of the text itself have none. */
  readonly title: string | undefined
  readonly url: string
}

export function describeCode(code: string): DescribedCode {
  return { code, title: titles().get(code), url: documentationUrl(code) }
}

let known: ReadonlyMap<string, string> | undefined

function titles(): ReadonlyMap<string, string> {
  known ??= new Map([
    ...LAYERS.flatMap(({ constraints }) => constraints.map(({ code, text }) => [code, text] as const)),
    ...PROBLEM_KINDS.map(({ code, title }) => [code, title] as const),
  ])
  return known
}
