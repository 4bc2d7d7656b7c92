import { parse } from '../../../../grammar/parse'
import { lineIndex } from '../../../../grammar/positions'
import type { SourceFile } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import { analyze } from '../../check/analyze'
import { type Binding, type References, referencesOf } from '../../check/references'
import { applyEdits, type Problem } from '../../model/problem'
import { callsGiving, type Occurrence } from './occurrences'
import { behindAlias, closureOf, fileName, hostOf, type Workspace } from './workspace'

/**
 * Why the texts would mean something else after all these occurrences have got another name; undefined when
 * every name still stands for what it stood for.
 */
export function faultOfRename(
  workspace: Workspace,
  occurrences: readonly Occurrence[],
  newName: string,
): string | undefined {
  const changed = new Map<string, SourceFile>()
  const oldName = occurrences[0]?.node.name ?? newName
  for (const file of new Set(occurrences.map((each) => each.file))) {
    const before = workspace.files.get(file)
    if (before === undefined) continue
    const own = occurrences.filter((each) => each.file === file)
    const edits = own.map(({ node: { start, end } }) => ({ start, end, text: newName }))
    const after = parse(applyEdits(before.text, edits))
    const at = firstDifference(before, after, [oldName, newName])
    if (at !== undefined) {
      const line = lineIndex(before.text).position(at).line + 1
      return `On line ${line} of ${fileName(file)}, \`${newName}\` would stand for something else.`
    }
    changed.set(file, after)
  }
  return bindsParameter(workspace, occurrences) && !isPlain(workspace, oldName)
    ? newError(workspace, changed)
    : undefined
}

/**
 * Whether the text alone shows which block every argument of this name is given to. Through a constant, a parameter
 * or another name for it a call may reach any block: then only an analysis can say.
 */
function isPlain(workspace: Workspace, name: string): boolean {
  return [...workspace.files].every(([file, tree]) => {
    if (!tree.text.includes(name)) return true
    const references = referencesOf(tree)
    return callsGiving(tree, name).every(({ call }) => {
      let { callee } = call
      while (callee.kind === 'call') callee = callee.callee
      const read = callee.kind === 'name' ? references.readAt(callee) : undefined
      if (read === undefined || read.meaning !== 'bound') return read?.meaning === 'layer'
      return references.seenBy(read).every((binding) => {
        const { kind } = behindAlias(workspace, { file, binding }).binding
        return kind === 'block' || kind === 'network'
      })
    })
  })
}

function bindsParameter({ files }: Workspace, occurrences: readonly Occurrence[]): boolean {
  return occurrences.some(({ file, node, role }) => {
    const tree = role === 'binds' ? files.get(file) : undefined
    return tree !== undefined && referencesOf(tree).bindingAt(node)?.kind === 'parameter'
  })
}

/**
 * The offset, in the text before, of the first name that is read otherwise than before. Both texts have the same
 * statements, so that their names can be compared one by one.
 */
function firstDifference(
  before: SourceFile,
  after: SourceFile,
  names: readonly string[],
): number | undefined {
  if (after.problems.length > before.problems.length) return after.problems[0]?.start
  const [old, now] = [referencesOf(before), referencesOf(after)]
  const [places, placesNow] = [placesIn(old), placesIn(now)]
  for (let i = 0; i < Math.max(old.reads.length, now.reads.length); i++) {
    const [read, readNow] = [old.reads[i], now.reads[i]]
    if (read === undefined || readNow === undefined) return (read ?? readNow)?.node.start
    // All other names cannot have changed, and a long file has many of them.
    if (!names.includes(read.name) && !names.includes(readNow.name)) continue
    const seen = old.seenBy(read).map((binding) => places.get(binding))
    const seenNow = now.seenBy(readNow).map((binding) => placesNow.get(binding))
    if (read.meaning !== readNow.meaning || seen.join() !== seenNow.join()) return read.node.start
  }
  return undefined
}

function placesIn({ bindings }: References): ReadonlyMap<Binding, number> {
  return new Map(bindings.map((binding, i) => [binding, i]))
}

/** The first error that a file which sees one of the changed texts has only then. */
function newError(workspace: Workspace, changed: ReadonlyMap<string, SourceFile>): string | undefined {
  const host = hostOf(workspace)
  const hostAfter = { ...host, file: (uri: string) => changed.get(uri) ?? host.file(uri) }
  for (const uri of workspace.files.keys()) {
    const seen = closureOf(workspace, uri)
    if (![...changed.keys()].some((file) => seen.has(file))) continue
    const after = errorsOf(analyze(uri, hostAfter))
    if (after.length === 0) continue
    const known = countByCode(errorsOf(analyze(uri, host)))
    for (const { code, message, range } of after) {
      const left = known.get(code) ?? 0
      known.set(code, left - 1)
      if (left > 0) continue
      const text = changed.get(uri)?.text ?? workspace.files.get(uri)?.text ?? ''
      const line = lineIndex(text).position(range.start).line + 1
      return `${fileName(uri)} would have an error on line ${line}. ${message}`
    }
  }
  return undefined
}

function errorsOf({ problems }: Analysis): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'error')
}

function countByCode(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1)
  return counts
}
