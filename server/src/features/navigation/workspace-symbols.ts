import { type SymbolInformation, SymbolKind } from 'vscode-languageserver-types'
import { toRange } from '../support/view'
import { type Declaration, fileName, type Workspace } from './workspace'

/** How declarations are shown wherever an editor lists symbols. */
export const DECLARATION_KINDS: Readonly<Record<Declaration['kind'], SymbolKind>> = {
  network: SymbolKind.Class,
  block: SymbolKind.Function,
  constant: SymbolKind.Constant,
}

/** The networks, blocks and constants of all files whose names have the letters of the query in order, the best first. */
export function workspaceSymbols(workspace: Workspace, query: string): SymbolInformation[] {
  const found: { readonly score: number; readonly symbol: SymbolInformation }[] = []
  for (const [file, tree] of workspace.files) {
    for (const item of tree.items) {
      if (item.kind === 'import' || item.name.name === '') continue
      const score = scoreOf(item.name.name, query)
      if (score === undefined) continue
      const range = toRange(workspace.lines(file), item.name)
      const symbol: SymbolInformation = {
        name: item.name.name,
        kind: DECLARATION_KINDS[item.kind],
        location: { uri: file, range },
        containerName: fileName(file),
      }
      found.push({ score, symbol })
    }
  }
  return found
    .sort((a, b) => a.score - b.score || compare(a.symbol.name, b.symbol.name))
    .map(({ symbol }) => symbol)
}

/**
 * How badly a name fits: 0 for the query itself, then names that begin with it, then those that have it inside,
 * then those that have its letters in order with others between, the fewer the better. Case does not count.
 */
function scoreOf(name: string, query: string): number | undefined {
  const [text, wanted] = [name.toLowerCase(), query.toLowerCase()]
  if (text === wanted) return 0
  if (text.startsWith(wanted)) return 1
  if (text.includes(wanted)) return 2
  let from = 0
  let first = -1
  for (const letter of wanted) {
    const at = text.indexOf(letter, from)
    if (at < 0) return undefined
    if (first < 0) first = at
    from = at + letter.length
  }
  return 3 + (from - first - wanted.length)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
