import type { Argument, Call, Range, SourceFile, SyntaxNode } from '../../../../grammar/tree'
import { eachChild } from '../../../../grammar/walk'
import { optionOf } from '../../check/semantics/callee'
import type { View } from '../support/view'

/** An option that is given by its place. */
export interface OptionHint {
  readonly option: string
  readonly argument: Argument
}

/** The options that the calls in a range give by their place. */
export function optionHints(view: View, file: SourceFile, range: Range): readonly OptionHint[] {
  const found: OptionHint[] = []
  const path: SyntaxNode[] = []
  const visit = (node: SyntaxNode): void => {
    if (node.end < range.start || node.start > range.end) return
    path.push(node)
    if (node.kind === 'call') found.push(...optionsOf(view, path, node))
    eachChild(node, visit)
    path.pop()
  }
  visit(file)
  return found
}

function optionsOf(view: View, path: readonly SyntaxNode[], call: Call): OptionHint[] {
  return call.args.flatMap((argument) => {
    const option = argument.name === undefined ? optionOf(view, path, call, argument) : undefined
    return option === undefined || saysItself(argument, option) ? [] : [{ option, argument }]
  })
}

/** A name that is the option's own needs no hint: `stride` for the stride, `x.channels` for the channels. */
function saysItself({ value }: Argument, option: string): boolean {
  if (value.kind === 'name') return value.name === option
  return value.kind === 'attribute' ? value.name.name === option : value.kind === 'missing'
}
