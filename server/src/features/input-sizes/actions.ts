import { type CodeAction, CodeActionKind } from 'vscode-languageserver-types'
import type { Range } from '../../../../grammar/tree'
import type { Host } from '../../check/analysis'
import { analyze } from '../../check/analyze'
import { overlay } from '../../fixes/prove'
import { sameSizes } from '../../fixes/size-sets'
import { sizeEdits } from '../../fixes/size-texts'
import { WHILE_POINTING } from '../../fixes/valid-sizes'
import { applyEdits } from '../../model/problem'
import { type Shape, sameShape, showShape } from '../../model/shape'
import { toRange, type View } from '../support/view'
import { type GraphInput, inputAt, nearestOf, sizesOf, standing } from './sizes'
import { inputStatements } from './tried'

/** The kinds of these actions: of a network with a fault, and of one that only leaves out pixels. */
export const SIZE_KINDS = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite]

/**
 * On an `input` whose size does not work, or at which strides leave out pixels: the nearest sizes below and above
 * that are right. Each is proven by an analysis of the changed text.
 */
export function inputSizeActions(view: View, host: Host, asked: Range): readonly CodeAction[] {
  return inputsIn(view, asked).flatMap((input) => {
    const { graph, node } = input
    const { shape } = node.tensor
    const sizes = node.declared === undefined ? sizesOf(view, input, WHILE_POINTING) : undefined
    if (sizes === undefined) return []
    const { works, whole } = standing(sizes, shape)
    const isWhole = sizes.axes.every((axis) => axis.whole.period > 0)
    const isFaulty = !graph.isSound || !works
    if (!isFaulty && (whole || !isWhole)) return []
    const isBetter = isWhole && sizes.axes.some((axis) => !sameSizes(axis.works, axis.whole))
    const why = isBetter ? ', where no stride leaves out pixels' : ''
    return nearestOf(sizes, shape).flatMap((other): CodeAction[] => {
      const edits = proven(view, host, input, other)
      if (edits === undefined) return []
      const { uri } = view.analysis
      const changes = edits.map(({ text, ...range }) => ({
        range: toRange(view.lines(uri), range),
        newText: text,
      }))
      return [
        {
          title: `Set input ${node.name.name} to ${showShape(other)}${why}`,
          kind: isFaulty ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite,
          edit: { changes: { [uri]: changes } },
        },
      ]
    })
  })
}

function inputsIn(view: View, asked: Range): readonly GraphInput[] {
  return view.analysis.file.items.flatMap((item) => {
    if (item.kind !== 'network' || item.end < asked.start || item.start > asked.end) return []
    const statements = inputStatements(item).filter(
      ({ start, end }) => start <= asked.end && asked.start <= end,
    )
    return statements.flatMap(({ name }) => inputAt(view, name) ?? [])
  })
}

/** The edits that give an input a shape, where the network is sound with them. */
function proven({ analysis }: View, host: Host, { graph, node }: GraphInput, shape: Shape) {
  const edits = sizeEdits(analysis, node, shape)
  if (edits === undefined) return undefined
  const changed = overlay(host, analysis.uri, applyEdits(analysis.file.text, edits))
  const after = analyze(analysis.uri, changed, { network: graph.name }).networks[0]
  const now = after?.inputs.find(({ name }) => name.name === node.name.name)?.node
  return after?.isSound && now && sameShape(now.tensor.shape, shape) ? edits : undefined
}
