/** Runs rules over an analysis: their findings become problems like those of the analysis itself. */
import { innermostCallee } from '../../../../grammar/calls'
import type { Expression } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import { callsTo } from '../../check/report'
import type { LayerNode } from '../../model/graph'
import type { Place, Problem, RelatedPlace, Severity } from '../../model/problem'
import { sentence } from '../../model/words'
import { givenOption, givingText } from '../../model/written'
import type { AnyRule, Finding, RuleContext } from './rule'

/**
 * What a rule finds: one problem for each place in the text, however many runs meet it. Where a rule must hold
 * everywhere, a text of which some applications are sound has none.
 */
export function runRule(rule: AnyRule, severity: Severity, context: RuleContext): readonly Problem[] {
  const found: Finding<unknown>[] = []
  const met = new Map<Expression, Set<LayerNode>>()
  rule.check(context, (finding) => {
    found.push(finding)
    if (!rule.everywhere || !('node' in finding)) return
    const nodes = met.get(finding.node.site) ?? new Set()
    met.set(finding.node.site, nodes.add(finding.node))
  })
  const isEverywhere = (finding: Finding<unknown>) =>
    !rule.everywhere ||
    !('node' in finding) ||
    met.get(finding.node.site)?.size === context.survey.applications(finding.node.site)
  const problems = new Map<string, Problem>()
  for (const finding of found) {
    if (!isEverywhere(finding)) continue
    const fault = placeOf(finding)
    const key = `${fault.range.start} ${fault.range.end} ${fault.file}`
    if (problems.has(key)) continue
    const problem = toProblem(rule, severity, finding, fault, context.analysis)
    if (problem !== undefined) problems.set(key, problem)
  }
  return [...problems.values()]
}

function placeOf(finding: Finding<unknown>): Place {
  if ('place' in finding) return finding.place
  const { node, option } = finding
  const { file, site, written } = node
  const given = option === undefined ? undefined : givenOption(written, option)
  // A text in another file is not what stands here.
  const isHere = given !== undefined && givingText(written, given).file === file
  return { file, range: isHere ? given.argument.value : innermostCallee(site) }
}

function toProblem(
  rule: AnyRule,
  severity: Severity,
  finding: Finding<unknown>,
  fault: Place,
  analysis: Analysis,
): Problem | undefined {
  const frame = 'node' in finding ? finding.node.frame : finding.frame
  const calls = callsTo(frame, (file) => analysis.files.get(file))
  const more = finding.related ?? []
  const words = rule.words(finding.data)
  const problem = {
    code: rule.code,
    severity,
    message: sentence(words),
    words,
    data: finding.data,
    ...(rule.unnecessary && finding.faded !== false ? { unnecessary: true } : {}),
  }
  if (fault.file === analysis.uri) return { ...problem, ...fault, related: [...more, ...calls] }
  const own = calls.find(({ file }) => file === analysis.uri)
  if (own === undefined) return undefined
  const here: RelatedPlace = { ...fault, message: 'the layer is here' }
  const others = calls.filter((call) => call !== own)
  return {
    ...problem,
    unnecessary: false,
    file: own.file,
    range: own.range,
    origin: fault,
    related: [here, ...more, ...others],
  }
}
