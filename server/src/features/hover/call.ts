import type { Expression, Identifier } from '../../../../grammar/tree'
import { walk } from '../../../../grammar/walk'
import {
  type Application,
  applicationsOf,
  type BodyRun,
  callOf,
  runsAt,
  shapesIn,
  showRun,
  tensorsOf,
  type UncertainApplication,
  uncertainOf,
} from '../../check/semantics/runs'
import type { Measure, Value } from '../../model/graph'
import { showCount, showShort } from '../../model/show'
import { showCall } from '../../model/show-call'
import {
  boundsFacts,
  layerFacts,
  measureFacts,
  showFlow,
  tensorFacts,
  totalsFacts,
} from '../support/describe'
import { code } from '../support/markdown'
import type { View } from '../support/view'
import { type HoverContent, type RunText, runsContent } from './content'

/** What the applications of the layer, block or network that an expression stands for came to. */
export function callContent(
  view: View,
  site: Expression,
): Pick<HoverContent, 'title' | 'facts' | 'notes'> | undefined {
  const applications = applicationsOf(view, site)
  if (applications.length > 0) return runsContent(applications, layerKey, (one) => layerText(view, one))
  return runContent(runsAt(view, site))
}

/** What the runs of a block or network came to. */
export function runContent(
  runs: readonly BodyRun[],
): Pick<HoverContent, 'title' | 'facts' | 'notes'> | undefined {
  return runsContent(runs, runKey, runText)
}

function layerKey({ node, graph }: Application): string {
  return [showFlow(node.inputs, node.outputs), showCall(node), callOf({ frame: node.frame, graph })].join(' ')
}

function layerText(view: View, application: Application): RunText {
  const { node, graph } = application
  const block = callOf({ frame: node.frame, graph })
  return {
    where: block === undefined ? undefined : code(block),
    call: code(showCall(node)),
    flow: showFlow(node.inputs, node.outputs),
    facts: layerFacts(application, view.lines),
    short: shortCounts(node),
  }
}

/** What is certain of the applications that fail or rest on a fault. */
export function uncertainContent(
  view: View,
  site: Expression,
): Pick<HoverContent, 'title' | 'facts' | 'notes'> | undefined {
  const uncertain = uncertainOf(view, site).filter(({ node }) => node.inputs.length + node.outputs.length > 0)
  return runsContent(uncertain, uncertainFlow, uncertainText)
}

/** `64×?×62 → 128×?×31`; what comes out may not be known at all. */
function uncertainFlow({ node }: UncertainApplication): string {
  const known = shapesIn(node.outputs.map((outline) => ({ kind: 'unknown', outline })))
  const shown = showFlow(node.inputs, known)
  return known.length === 0 ? `${shown} → ?` : shown
}

/** What is certain of an application that fails or rests on a fault. */
function uncertainText(application: UncertainApplication): RunText {
  const { node, graph } = application
  const block = callOf({ frame: node.frame, graph })
  const { params, macs } = node.cost
  const cost = { params: params ?? 0, fixed: node.cost.fixed ?? 0, macs: macs ?? 0 }
  return {
    where: block === undefined ? undefined : code(block),
    flow: uncertainFlow(application),
    facts: measureFacts(cost),
    short: shortCounts(cost),
  }
}

/** `36.9K parameters`, `116M MACs`; what is zero is left out. */
export function shortCounts({ params, macs }: Pick<Measure, 'params' | 'macs'>): readonly string[] {
  return [
    ...(params === 0 ? [] : [`${showShort(params)} parameters`]),
    ...(macs === 0 ? [] : [`${showShort(macs)} MACs`]),
  ]
}

function runKey(one: BodyRun): string {
  return `${runFlow(one)} ${showRun(one.run)}`
}

/** What went into a run and what came out of it. */
function runFlow({ run, graph }: BodyRun): string {
  const inputs = shapesIn([...run.args.map(({ value }) => value), ...inputValues(run, graph)])
  const outputs = shapesIn(run.results)
  const shown = showFlow(inputs, outputs)
  return outputs.length === 0 ? `${shown} → ?` : shown
}

/** A network has its tensors from its `input` lines. */
function inputValues({ frame }: BodyRun['run'], { bindings }: BodyRun['graph']): readonly Value[] {
  if (frame.declaration.kind === 'block') return []
  const names = new Set<Identifier>()
  walk(frame.declaration.body, (node) => {
    if (node.kind === 'input') names.add(node.name)
  })
  return bindings.flatMap(({ name, value, frame: own }) => (own === frame && names.has(name) ? [value] : []))
}

function runText({ run, graph }: BodyRun): RunText {
  const [output] = tensorsOf(run.results)
  const counts = run.totals === undefined ? [] : shortCounts(run.totals)
  return {
    where: code(showRun(run)),
    flow: runFlow({ run, graph }),
    facts: [
      ...totalsFacts(run.totals),
      ...boundsFacts(run.bounds),
      { label: 'Layers', text: showCount(run.end - run.first) },
      ...(output === undefined ? [] : tensorFacts(output.tensor, graph)),
    ],
    short: counts,
  }
}
