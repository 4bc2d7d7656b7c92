import type { Block, Body, Expression, If, Network, SyntaxNode } from '../../../grammar/tree'
import { walk } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import { hasUnreached } from '../check/unreached'
import { rule } from './frame/rule'
import { setOutside } from './read/outside'

/** What has a part that no run comes to. */
interface Idle {
  /** What the part depends on. */
  readonly condition: Expression
  readonly part: 'yes' | 'no' | 'round'
  readonly declaration: Block | Network
}

export const branchNeverTaken = rule<Idle>({
  code: 'branch-never-taken',
  category: 'Language',
  severity: 'info',
  title: 'A branch or loop that no call ever comes to',
  explanation: [
    'In every run of the body, in all known networks, the condition has the same value, or the list of the loop',
    'is empty. The statements there are part of no network, and they have not been checked with real',
    'shapes. The rule ignores what depends on a network’s parameter or on the size of an input, since both can be set from',
    'outside, and options of blocks in a file without networks, which other files may use.',
  ].join('\n'),
  source: 'Aho, Lam, Sethi & Ullman 2006, §9.1.6 and §9.4: code that a constant condition makes unreachable',
  example:
    'block unit(x: tensor, width, deep=false) {\n  if deep {\n    return x -> conv(width, 3, padding=1) -> relu -> conv(width, 1) -> relu\n  }\n  return x -> conv(width, 3, padding=1) -> relu\n}\n\nnetwork N {\n  input image: [3, 32, 32]\n  output y = image -> unit(16)\n}\n',
  instead:
    'block unit(x: tensor, width) {\n  return x -> conv(width, 3, padding=1) -> relu\n}\n\nnetwork N {\n  input image: [3, 32, 32]\n  output y = image -> unit(16)\n}\n',
  words: ({ part, declaration: { kind, name } }) => ({
    what: {
      yes: 'this is never true, and what depends on it never runs',
      no: 'this is always true, and the `else` never runs',
      round: 'there is never anything to go through here',
    }[part],
    why:
      kind === 'block'
        ? `it is so in every known call of \`${name.name}\``
        : `nothing that it depends on can change from outside \`${name.name}\``,
    todo: 'remove what never runs, or correct the condition',
  }),
  check(context, report) {
    const { analysis, importers, unseen } = context
    // What has not been run may come to any branch.
    if (unseen !== undefined) return
    const all = [analysis, ...importers]
    const ran = (node: SyntaxNode) => all.some(({ executed }) => executed.has(node))
    for (const item of analysis.file.items) {
      if (item.kind !== 'block' && item.kind !== 'network') continue
      if (!hasUnreached(item.body, analysis.executed) || !ran(item.body)) continue
      // What is unknown runs nothing, and is no reason to call the code idle.
      if (all.some(hasErrors)) return
      const found = idleIn(item, ran)
      const conditions = found.map(({ condition }) => condition)
      const outside = setOutside(conditions, item, analysis, importers)
      for (const idle of found) {
        if (outside.has(idle.condition)) continue
        report({ place: { file: analysis.uri, range: idle.condition }, data: idle })
      }
    }
  },
})

function hasErrors({ problems }: Analysis): boolean {
  return problems.some(({ severity }) => severity === 'error')
}

function idleIn(declaration: Block | Network, ran: (node: SyntaxNode) => boolean): readonly Idle[] {
  const found: Idle[] = []
  /** One cause, one finding: what stands within an idle part is not reported again. */
  const skipped = new Set<SyntaxNode>()
  const isReached = (node: If | Body | Expression): boolean =>
    node.kind === 'if' ? [node.then, node.else].some((each) => each && isReached(each)) : ran(node)
  const choose = (
    condition: Expression,
    yes: Body | Expression,
    no: If | Body | Expression | undefined,
  ): void => {
    const idle = [yes, no].filter((each) => each && !isReached(each))
    // Where no way of several is taken, nothing comes here at all.
    if (no !== undefined && idle.length === 2) return
    for (const part of idle) if (part) skipped.add(part)
    if (idle.includes(yes)) found.push({ condition, part: 'yes', declaration })
    else if (idle.length > 0) found.push({ condition, part: 'no', declaration })
  }
  walk(declaration.body, (node) => {
    if (skipped.has(node) || (node.kind === 'body' && !ran(node))) return false
    if (node.kind === 'if') choose(node.condition, node.then, node.else)
    else if (node.kind === 'conditional') choose(node.condition, node.then, node.else)
    else if (node.kind === 'for' || node.kind === 'comprehension') {
      const round = node.kind === 'for' ? node.body : node.element
      if (ran(round)) return true
      skipped.add(round)
      found.push({ condition: node.iterable, part: 'round', declaration })
    }
    return true
  })
  return found
}
