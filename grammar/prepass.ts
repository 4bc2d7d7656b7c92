import { balanceBraces } from './prepass/braces'
import { balanceBrackets } from './prepass/brackets'
import { resolveConditionals } from './prepass/conditionals'
import { completeDeclarations } from './prepass/declarations'
import { limitNesting } from './prepass/nesting'
import { markStatements } from './prepass/statements'
import { resolveWords } from './prepass/words'
import type * as t from './tokens'
import type { SyntaxProblem } from './tree'

/**
 * Runs between lexer and parser and prepares half-written text for a grammar that never fails: words become
 * keywords where they are, brackets and braces match, an end-of-statement token stands before every statement,
 * and nothing is nested too deeply. Linear in the number of tokens; what it repairs it reports.
 */
export function prepass(lexed: t.Token[], problems: SyntaxProblem[]): t.Token[] {
  const words = completeDeclarations(resolveWords(lexed, problems))
  resolveConditionals(words)
  const balanced = balanceBrackets(words, markStatements(words), problems)
  return limitNesting(balanceBraces(balanced, problems), problems)
}
