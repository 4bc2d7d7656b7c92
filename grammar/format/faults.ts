import type { Range, SourceFile, SyntaxNode } from '../tree'
import { eachChild } from '../walk'
import { firstNotBefore } from './search'

/** Where a file's problems stand. */
export interface Faults {
  /** Whether a problem starts in the range. */
  any(range: Range): boolean
  /** Whether the declaration in the range stays as it is: a brace has no partner, or all faulty ones stay. */
  keep(range: Range): boolean
}

/** @param strict whether any problem, not only one of braces, keeps the declaration around it as it is */
export function findFaults(file: SourceFile, strict: boolean): Faults {
  const isBrace = ({ code, start }: SourceFile['problems'][number]) =>
    code === 'unclosed-brace' || (code === 'unmatched-bracket' && /[{}]/.test(file.text.charAt(start)))
  const any = within(file.problems)
  return { any, keep: strict ? any : within(file.problems.filter(isBrace)) }
}

/**
 * The kinds of a tree's nodes and problems. Half-written text is read by its layout; two texts that differ in
 * layout alone and agree in these are read alike.
 */
export function readingOf(file: SourceFile): string {
  const kinds: string[] = file.problems.map(({ code }) => code)
  const nodes: SyntaxNode[] = [file]
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    kinds.push(node.kind)
    eachChild(node, (child) => nodes.push(child))
  }
  return kinds.join(' ')
}

function within(problems: readonly Range[]): (range: Range) => boolean {
  const places = problems.map(place).sort((a, b) => a - b)
  return ({ start, end }) => {
    const first = firstNotBefore(places.length, (index) => (places[index] as number) < start)
    return first < places.length && (places[first] as number) < end
  }
}

/** A problem without extent, something missing, belongs to what stands before it. */
const place = ({ start, end }: Range): number => (start === end ? start - 0.5 : start)
