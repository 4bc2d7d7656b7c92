/** The text of a new block and of the calls that stand for it. */
import type { Item, SourceFile } from '../../../../../grammar/tree'
import type { Path } from '../../../check/semantics/path'
import type { TextEdit } from '../../../model/problem'
import type { Free } from './reads'

/** The tensors that a block takes, in the order of its parameters, and its options. */
export interface Parameters {
  readonly tensors: readonly Free[]
  readonly options: readonly Free[]
}

/** Sorts names into tensors and options; undefined for several lists of tensors, of which only one may be the last. */
export function parametersOf(free: readonly Free[]): Parameters | undefined {
  const single = free.filter(({ kind }) => kind === 'tensor')
  const lists = free.filter(({ kind }) => kind === 'tensors')
  if (lists.length > 1) return undefined
  const options = free.filter(({ kind }) => kind === 'value' || kind === 'layer')
  return { tensors: [...single, ...lists], options }
}

export function blockText(
  name: string,
  piped: string | undefined,
  { tensors, options }: Parameters,
  body: string,
): string {
  const params = [
    ...(piped === undefined ? [] : [`${piped}: tensor`]),
    ...tensors.map(({ name, kind }) => `${name}: ${kind}`),
    ...options.map(({ name, kind }) => (kind === 'layer' ? `${name}: layer` : name)),
  ]
  return `block ${name}(${params.join(', ')}) {\n${body}\n}\n\n`
}

/** The call of a block with these arguments, its bare name where there are none. */
export function callText(name: string, args: readonly Free[]): string {
  return args.length === 0 ? name : `${name}(${args.map((arg) => arg.name).join(', ')})`
}

/** Puts a declaration before the one that a path leads into, its documentation and comments. */
export function insertBefore(tree: SourceFile, path: Path, text: string): TextEdit | undefined {
  const item = path.find((node): node is Item => tree.items.includes(node as Item))
  if (item === undefined) return undefined
  const at = startWithComments(tree, item)
  return { start: at, end: at, text }
}

/** Where a declaration starts with its documentation and the comments that stand right before it. */
export function startWithComments({ text, comments }: SourceFile, item: Item): number {
  let start = item.kind === 'import' ? item.start : (item.doc?.start ?? item.start)
  for (const comment of comments.toReversed()) {
    if (comment.end > start) continue
    const between = text.slice(comment.end, start)
    const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1
    const isAlone = text.slice(lineStart, comment.start).trim() === ''
    if (!isAlone || !/^\r?\n[ \t]*$/.test(between)) break
    start = comment.start
  }
  return start
}
