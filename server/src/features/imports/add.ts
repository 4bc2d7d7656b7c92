import type { SourceFile } from '../../../../grammar/tree'
import type { Analysis, Host } from '../../check/analysis'
import type { Candidate, ProvenFix } from '../../fixes/fix'
import { prove } from '../../fixes/prove'
import type { FixClass, Problem, TextEdit } from '../../model/problem'
import { closureOf, exportedBinding, type Workspace } from '../navigation/workspace'
import type { View } from '../support/view'
import { importsIn, importText, isFaulty, lineEndOf, quotedPath, relativePath } from './text'

/** The problems of a name that nothing in the file has. */
const CODES = ['unknown-name', 'unknown-layer']

/** Whether the file lacks a name that another file may declare. */
export function lacksName({ analysis, importers }: Pick<View, 'analysis' | 'importers'>): boolean {
  return [analysis, ...importers].some(({ problems }) => problems.some(({ code }) => CODES.includes(code)))
}

/**
 * The imports that bring a name which the file lacks and other files of the workspace declare, the nearest first;
 * each is proven by an analysis.
 */
export function importFixes(
  workspace: Workspace,
  {
    analysis,
    host,
    problem,
  }: { readonly analysis: Analysis; readonly host: Host; readonly problem: Problem },
): readonly ProvenFix[] {
  const { file } = problem.origin ?? problem
  const { name } = (problem.data ?? {}) as { readonly name?: string }
  const tree = analysis.files.get(file)
  if (!CODES.includes(problem.code) || name === undefined || tree === undefined) return []
  const declaring = filesDeclaring(workspace, file, name)
  return declaring.flatMap(({ target, path }) => {
    const edit = addImport(tree, name, path, (other) => workspace.resolve(file, other) === target)
    if (edit === undefined) return []
    const action = `Import ${name} from ${quotedPath(path)}`
    const own: FixClass = declaring.length === 1 ? 'certain' : 'choice'
    const candidate: Candidate = { action, file, edits: [edit], class: own, shows: null }
    const fix = prove({ analysis, host, problem }, candidate)
    return fix === undefined ? [] : [fix]
  })
}

/** The files that declare a name and may be imported, with the paths to them, the shortest first. */
function filesDeclaring(
  workspace: Workspace,
  file: string,
  name: string,
): readonly { readonly target: string; readonly path: string }[] {
  const found: { target: string; path: string }[] = []
  for (const [target, tree] of workspace.files) {
    if (target === file || !tree.text.includes(name) || exportedBinding(tree, name) === undefined) continue
    const path = relativePath(file, target)
    // What imports this file, directly or not, cannot be imported by it.
    if (path !== undefined && !closureOf(workspace, target).has(file)) found.push({ target, path })
  }
  const depth = ({ path }: { readonly path: string }) => path.split('/').length
  return found.sort((a, b) => depth(a) - depth(b) || (a.path < b.path ? -1 : 1))
}

/**
 * The edit that imports a name: added to an import that leads to the same file already, else on a line of its
 * own below the other imports, or above the first declaration. Undefined where the text is at fault there.
 */
function addImport(
  tree: SourceFile,
  name: string,
  path: string,
  leadsThere: (path: string) => boolean,
): TextEdit | undefined {
  const imports = importsIn(tree)
  const same = imports.find((each) => leadsThere(each.path.value))
  const last = same?.names.at(-1)
  if (same !== undefined && last !== undefined && !isFaulty(tree, same)) {
    return { start: last.end, end: last.end, text: `, ${name}` }
  }
  const text = importText(path, [{ name }])
  const below = imports.at(-1)
  if (below !== undefined) {
    const end = lineEnd(tree.text, below.end)
    return { start: end, end, text: `${lineEndOf(tree.text)}${text}` }
  }
  const [first] = tree.items
  if (first === undefined) return undefined
  const end = startWithComments(tree, first.start)
  // Empty lines at the top would stay above the import.
  const start = tree.text.slice(0, end).trim() === '' ? 0 : end
  return { start, end, text: text + lineEndOf(tree.text).repeat(2) }
}

function lineEnd(text: string, offset: number): number {
  const end = /\r?\n/.exec(text.slice(offset))
  return end === null ? text.length : offset + end.index
}

/** Where the comment lines begin that stand right above an offset. */
function startWithComments({ text, comments }: SourceFile, offset: number): number {
  let start = text.lastIndexOf('\n', offset - 1) + 1
  for (const comment of [...comments].reverse()) {
    if (comment.start >= start) continue
    const between = text.slice(comment.start + comment.text.length, start)
    const line = text.lastIndexOf('\n', comment.start - 1) + 1
    if (!/^\r?\n$/.test(between) || text.slice(line, comment.start).trim() !== '') break
    start = line
  }
  return start
}
