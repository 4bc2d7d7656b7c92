import { parse } from '../../grammar/parse'
import { walk } from '../../grammar/walk'
import { applyEdits } from '../../server/src/model/problem'

/** The text with `suffix` after the names of all its constants, blocks and networks, so that it can stand beside others. */
export function renamed(text: string, suffix: string): string {
  const file = parse(text)
  const names = new Set(file.items.flatMap((item) => (item.kind === 'import' ? [] : [item.name.name])))
  const edits = new Map<number, { start: number; end: number; text: string }>()
  walk(file, (node) => {
    if (node.kind !== 'name' && node.kind !== 'identifier') return
    if (names.has(node.name)) edits.set(node.end, { start: node.end, end: node.end, text: suffix })
  })
  return applyEdits(text, [...edits.values()])
}
