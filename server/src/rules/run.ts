/** Runs rules over an analysis: their findings become problems like those of the analysis itself. */
import { lineIndex } from '../../../grammar/positions'
import type { Range } from '../../../grammar/tree'
import type { Analysis } from '../check/analysis'
import { optionRange } from '../fixes/targets'
import type { Frame, LayerNode } from '../model/graph'
import { type Place, type Problem, type RelatedPlace, sentence } from '../model/problem'
import type { AnyRule, Finding } from './rule'

/** What a rule finds: one problem for each place in the text, however many runs meet it. */
export function runRule(rule: AnyRule, analysis: Analysis): readonly Problem[] {
  const found = new Map<string, Problem>()
  rule.check(analysis, (finding) => {
    const problem = toProblem(rule, finding, analysis)
    if (problem === undefined) return
    const key = `${problem.range.start} ${problem.range.end}`
    if (!found.has(key)) found.set(key, problem)
  })
  return [...found.values()]
}

function toProblem(rule: AnyRule, finding: Finding<never>, analysis: Analysis): Problem | undefined {
  const { node, option, data } = finding
  const given = option === undefined ? undefined : optionRange(analysis, node, option)
  const range = given ?? nameOf(node)
  const fault: Place = { file: node.file, range }
  const calls = callsTo(node.frame, analysis)
  const problem = {
    code: rule.code,
    severity: rule.severity,
    message: sentence(rule.words(data)),
    data: { node, finding: data },
  }
  if (fault.file === analysis.uri) return { ...problem, ...fault, related: calls }
  const own = calls.find(({ file }) => file === analysis.uri)
  if (own === undefined) return undefined
  const here: RelatedPlace = { ...fault, message: 'the layer is here' }
  const others = calls.filter((call) => call !== own)
  return { ...problem, file: own.file, range: own.range, origin: fault, related: [here, ...others] }
}

/** The name that is called, without its arguments. */
function nameOf({ site }: LayerNode): Range {
  let at = site
  while (at.kind === 'call') at = at.callee
  return at
}

/** The calls that led to a run of a body, the innermost first. */
function callsTo(frame: Frame, { files }: Analysis): readonly RelatedPlace[] {
  const places: RelatedPlace[] = []
  for (let at = frame; at.call; at = at.call.frame) {
    const { file, site } = at.call
    const text = files.get(file)?.text ?? ''
    const line = lineIndex(text).position(site.start).line + 1
    const caller = at.call.frame.declaration.name.name
    const what = text.slice(site.start, site.end).replace(/\s+/g, ' ')
    places.push({ file, range: site, message: `in ${caller}, line ${line}: ${what}` })
  }
  return places
}
