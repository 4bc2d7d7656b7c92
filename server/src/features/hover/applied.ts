import type { Expression, Name, SyntaxNode } from '../../../../grammar/tree'
import type { Path } from '../../check/semantics/path'
import { errorsIn } from '../../check/semantics/runs'
import type { Definition } from '../../check/semantics/scope'
import type { Problem } from '../../model/problem'
import { bold, paragraphs } from '../support/markdown'
import type { View } from '../support/view'
import { callContent, uncertainContent } from './call'
import type { HoverContent } from './content'
import { declaredContent } from './declaration'
import { layerDocumentation } from './documentation'
import { whyUnknown } from './why'

/** A layer, block or network where it is applied, or waits to be. */
export function appliedContent(
  view: View,
  path: Path,
  node: Name,
  definition: Extract<Definition, { kind: 'layer' | 'block' | 'network' }>,
): HoverContent {
  const still =
    definition.kind === 'layer' ? layerContent(definition, node) : declaredContent(view, definition, node)
  const { documentation } = still
  const called = calledContent(view, path, node)
  if (called !== undefined) return documentation === undefined ? called : { ...called, documentation }
  const sites = sitesOf(path)
  return { ...still, notes: still.notes ?? explained(view, sites.at(-1) ?? node) ?? whyUnknown(view, path) }
}

/** What is known of an application that fails or rests on a fault, and the problem. */
function faultContent(view: View, path: Path, site: Expression): ReturnType<typeof uncertainContent> {
  const content = uncertainContent(view, site)
  if (content === undefined) return undefined
  const problems = [view.analysis, ...view.importers].flatMap(({ problems }) => problems)
  const problem = problems.find(({ stage, severity }) => stage?.site === site && severity === 'error')
  const note =
    (problem && failure(problem)) ?? explained(view, site) ?? whyUnknown(view, path) ?? RESTS_ON_FAULT
  return { ...content, notes: content.notes === undefined ? note : paragraphs(note, content.notes) }
}

const RESTS_ON_FAULT = 'It rests on a mistake before it: what is shown may change when that is corrected.'

/** What the applications came to that a name, or a call of it, stands for; whatever the name was bound to. */
export function calledContent(view: View, path: Path, node: Name): HoverContent | undefined {
  for (const site of sitesOf(path)) {
    const content = callContent(view, site) ?? faultContent(view, path, site)
    if (content !== undefined) return { range: node, ...content }
  }
  return undefined
}

/** The error inside a call. */
function explained(view: View, site: Expression): string | undefined {
  const [error] = errorsIn(view.analysis, site)
  return error && failure(error)
}

function failure({ message }: Problem): string {
  return paragraphs(bold('It fails here.'), message)
}

/** The name and the calls around it that call it, innermost first: one of them stands for the application. */
function sitesOf(path: Path): readonly Expression[] {
  const sites: Expression[] = [path.at(-1) as Name]
  for (let i = path.length - 2; i >= 0; i--) {
    const node = path[i] as SyntaxNode
    if (node.kind !== 'call' || node.callee !== sites.at(-1)) break
    sites.push(node)
  }
  return sites
}

function layerContent({ layer }: Extract<Definition, { kind: 'layer' }>, node: Name): HoverContent {
  return {
    range: node,
    title: `${bold(layer.name)} · ${layer.category}`,
    documentation: layerDocumentation(layer),
  }
}
