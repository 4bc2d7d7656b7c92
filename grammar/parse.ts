import { findDocumentation } from './documentation'
import { lex } from './lexer'
import { CnnParser } from './parser'
import type { ScopedProblem } from './parser/total'
import { prepass } from './prepass'
import * as t from './tokens'
import type { SourceFile, SyntaxProblem } from './tree'

let parser: CnnParser | undefined

/** The parser, constructed at first use and kept: it holds no state between texts. */
function theParser(): CnnParser {
  parser ??= new CnnParser()
  return parser
}

/**
 * Reads a text in time linear in its length. It never throws: whatever is wrong stands in `problems`, ordered by
 * place, and the tree holds everything that could be read.
 */
export function parse(text: string): SourceFile {
  const { tokens, comments, problems } = lex(text)
  const prepared = prepass(tokens, problems)
  const { at: docs, file: doc } = findDocumentation(tokens, comments)
  const { items, problems: scoped } = theParser().parse(text, prepared, docs)
  const file: SourceFile = {
    kind: 'file',
    start: 0,
    end: text.length,
    text,
    items,
    comments: comments.map(comment),
    problems: mergeProblems(text, problems, scoped),
  }
  return doc ? { ...file, doc } : file
}

const comment = (token: t.Token) => ({ start: t.start(token), end: t.end(token), text: token.image })

/**
 * One cause, one problem: what the parser found in a statement where lexer or pre-pass found something already
 * is a consequence of it, and so is an unclosed bracket whose line goes on with an unclosed string.
 */
function mergeProblems(
  text: string,
  found: SyntaxProblem[],
  scoped: readonly ScopedProblem[],
): SyntaxProblem[] {
  const causes = found.toSorted((a, b) => a.start - b.start).filter(isCause(text))
  const others = scoped.filter(({ scope }) => {
    const first = causes[lowerBound(causes, scope.start)]
    return first === undefined || first.start >= scope.end
  })
  return [...causes, ...others.map(({ problem }) => problem)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )
}

function isCause(text: string) {
  return (problem: SyntaxProblem, i: number, all: readonly SyntaxProblem[]): boolean => {
    const next = all[i + 1]
    if (problem.code !== 'unclosed-bracket' || next?.code !== 'unclosed-string') return true
    return /[\n\r]/.test(text.slice(problem.start, next.start))
  }
}

/** The index of the first problem that starts at the offset or after it. */
function lowerBound(problems: readonly SyntaxProblem[], offset: number): number {
  let low = 0
  let high = problems.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((problems[middle] as SyntaxProblem).start < offset) low = middle + 1
    else high = middle
  }
  return low
}
