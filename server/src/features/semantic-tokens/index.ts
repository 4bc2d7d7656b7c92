import type { SemanticTokensEdit } from 'vscode-languageserver-types'
import type { LineIndex } from '../../../../grammar/positions'
import type { Range } from '../../../../grammar/tree'
import type { View } from '../support/view'
import { type Token, tokensOf } from './tokens'

export { LEGEND } from './legend'

/** The names of a file, or of a part of it, as the protocol writes them: five numbers each. */
export function semanticTokens(view: View, range?: Range): number[] {
  const tokens = tokensOf(view)
  const lines = view.lines(view.analysis.uri)
  if (range === undefined) return encode(tokens, lines)
  const inside = tokens.filter((token) => token.range.start < range.end && range.start < token.range.end)
  return encode(inside, lines)
}

function encode(tokens: readonly Token[], lines: LineIndex): number[] {
  const data: number[] = []
  let [line, character] = [0, 0]
  for (const { range, kind } of tokens) {
    const start = lines.position(range.start)
    // A name stands on one line.
    const { character: end } = lines.position(range.end)
    const sameLine = start.line === line
    data.push(
      start.line - line,
      sameLine ? start.character - character : start.character,
      end - start.character,
      kind.type,
      kind.modifiers,
    )
    line = start.line
    character = start.character
  }
  return data
}

/** What turns the numbers of an earlier answer into those of now: one edit between the first and last difference. */
export function tokenEdits(before: readonly number[], now: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, now.length)
  let start = 0
  while (start < shorter && before[start] === now[start]) start++
  if (start === before.length && start === now.length) return []
  let same = 0
  while (same < shorter - start && before.at(-1 - same) === now.at(-1 - same)) same++
  return [{ start, deleteCount: before.length - start - same, data: now.slice(start, now.length - same) }]
}
