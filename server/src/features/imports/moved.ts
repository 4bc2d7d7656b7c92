import type { TextEdit as LspTextEdit } from 'vscode-languageserver-types'
import type { Workspace } from '../navigation/workspace'
import { toRange } from '../support/view'
import { importsIn, quotedPath, relativePath } from './text'

/** A file or folder that gets another address. */
export interface Move {
  readonly from: string
  readonly to: string
}

/**
 * The edits that keep all imports leading to their files when files and folders are moved: in the files that
 * import them, and in those that are moved themselves. They are to be made before the move.
 */
export function importsAfterMove(
  workspace: Workspace,
  moves: readonly Move[],
): Readonly<Record<string, LspTextEdit[]>> {
  const changes: Record<string, LspTextEdit[]> = {}
  for (const [file, tree] of workspace.files) {
    const newFile = movedTo(file, moves)
    for (const { path } of importsIn(tree)) {
      const target = workspace.resolve(file, path.value)
      const newTarget = movedTo(target, moves)
      if (path.value === '' || (newFile === file && newTarget === target)) continue
      // What leads nowhere cannot be kept from it, unless it is what is moved.
      if (newTarget === target && !workspace.files.has(target)) continue
      if (workspace.resolve(newFile, path.value) === newTarget) continue
      const newPath = relativePath(newFile, newTarget)
      if (newPath === undefined) continue
      const edits = changes[file] ?? []
      changes[file] = edits
      edits.push({ range: toRange(workspace.lines(file), path), newText: quotedPath(newPath) })
    }
  }
  return changes
}

/** Where a file is after the moves; the move of the innermost folder counts. */
function movedTo(file: string, moves: readonly Move[]): string {
  const [move] = moves
    .filter(({ from }) => file === from || file.startsWith(`${from}/`))
    .sort((a, b) => b.from.length - a.from.length)
  return move === undefined ? file : move.to + file.slice(move.from.length)
}
