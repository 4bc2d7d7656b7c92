import { lineNumber } from '../../../grammar/positions'
import type { Range, SourceFile } from '../../../grammar/tree'
import type { FaultyStage, Frame } from '../model/graph'
import type { Problem, RelatedPlace, Severity } from '../model/problem'
import { sentence, type Words } from '../model/words'
import { shortened } from './words'

/** What the reporter needs of a kind of problem; a layer's constraint is one too. */
export interface Reportable<D> {
  readonly code: string
  readonly severity?: Severity
  readonly words: (data: D) => Words
}

interface ReportPlace<D> {
  readonly file: string
  readonly range: Range
  readonly frame?: Frame | undefined
  readonly stage?: FaultyStage
  /** Asked for when the problem is new. */
  readonly explain?: () => Explanation<D> | undefined
}

/** What the way to a fault tells about its cause: more data for the message, and the places where it began. */
export interface Explanation<D> {
  readonly data: D
  readonly causes: readonly RelatedPlace[]
}

export interface Reporter {
  readonly problems: Problem[]
  /** Problems of other files that no call of the root file led to. */
  readonly hidden: RelatedPlace[]
  report<D>(kind: Reportable<D>, data: D, place: ReportPlace<D>): void
  /** The line of an offset, from 1. */
  line(file: string, offset: number): number
  text(file: string, range: Range): string
}

/**
 * Collects problems for one root file. A fault is reported once, however many runs meet it, with the calls
 * that led to it; a fault in another file is reported at the call in the root file that led there.
 */
export function createReporter(root: string, fileOf: (file: string) => SourceFile | undefined): Reporter {
  const problems: Problem[] = []
  const hidden: RelatedPlace[] = []
  const seen = new Set<string>()
  const line = (file: string, offset: number) => {
    const tree = fileOf(file)
    return tree === undefined ? 1 : lineNumber(tree, offset)
  }
  const text = (file: string, { start, end }: Range) => (fileOf(file)?.text ?? '').slice(start, end)

  return {
    problems,
    hidden,
    line,
    text,
    report(kind, found, { file, range, frame, stage, explain }) {
      const fault = { file, range }
      let place = fault
      let related = callsTo(frame, fileOf)
      if (file !== root) {
        const own = related.findIndex((call) => call.file === root)
        if (own < 0) {
          hidden.push({ file, range, message: sentence(kind.words(found)) })
          return
        }
        place = { file: root, range: (related[own] as RelatedPlace).range }
        const message = `the fault is here: ${shortened(text(file, range), MOST_SHOWN)}`
        related = [{ ...fault, message }, ...related.filter((_, i) => i !== own)]
      }
      const key = `${kind.code} ${place.range.start} ${place.range.end}`
      if (seen.has(key)) return
      seen.add(key)
      const { data, causes } = explain?.() ?? { data: found, causes: [] }
      const words = kind.words(data)
      problems.push({
        code: kind.code,
        severity: kind.severity ?? 'error',
        ...place,
        message: sentence(words),
        words,
        related: [...causes, ...related],
        ...(place === fault ? {} : { origin: fault }),
        data,
        ...(stage === undefined ? {} : { stage }),
      })
    },
  }
}

/** How many characters of a call are shown. */
const MOST_SHOWN = 60

/** The calls that led to a run of a body, the innermost first: `in ResNet50, line 12: layer1(64)(x)`. */
export function callsTo(
  frame: Frame | undefined,
  fileOf: (file: string) => SourceFile | undefined,
): readonly RelatedPlace[] {
  const places: RelatedPlace[] = []
  for (let at = frame; at?.call; at = at.call.frame) {
    const { file, site } = at.call
    const tree = fileOf(file)
    if (tree === undefined) continue
    const caller = at.call.frame.declaration.name.name
    const call = shortened(tree.text.slice(site.start, site.end), MOST_SHOWN)
    places.push({ file, range: site, message: `in ${caller}, line ${lineNumber(tree, site.start)}: ${call}` })
  }
  return places
}
