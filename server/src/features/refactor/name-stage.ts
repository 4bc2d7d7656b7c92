import type { Range, SyntaxNode } from '../../../../grammar/tree'
import type { RefactorContext, Refactoring } from './frame/refactoring'
import { layerName, namesIn, numberedName } from './read/names'
import { isTensorFlow, type PartRun, partAt } from './read/parts'

/** Gives the tensor that a stage makes a name. */
export const nameStage: Refactoring = {
  name: 'name-stage',
  kind: 'refactor.extract.name',
  keeps: 'everything',
  *propose(context) {
    const { view, tree } = context
    const run = partAt(context)
    const part = run?.parts[run.first]
    if (run === undefined || part?.stage === undefined || part.as !== undefined) return
    if (!isTensorFlow(view, run.flow) || isNamed(context, run)) return
    const base = layerName(part.value)
    const name = base === undefined ? undefined : numberedName(base, namesIn(tree, declarationOf(context)))
    if (name === undefined) return
    const { end } = part.value
    yield {
      title: `Name this stage ${name}`,
      edits: [{ start: end, end, text: ` as ${name}` }],
      newName: name,
    }
  },
}

/** Whether the statement gives the stage's tensor a name: `y = x -> relu`. */
function isNamed({ path }: RefactorContext, { flow, parts, first }: PartRun): boolean {
  if (first < parts.length - 1) return false
  const outer: SyntaxNode | undefined = path[path.indexOf(flow) - 1]
  if (outer?.kind === 'assign') return outer.names.length === 1
  return outer?.kind === 'output'
}

function declarationOf({ path, tree }: RefactorContext): Range {
  return path.find(({ kind }) => kind === 'block' || kind === 'network' || kind === 'constant') ?? tree
}
