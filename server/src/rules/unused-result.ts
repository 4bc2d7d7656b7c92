import type { Assign } from '../../../grammar/tree'
import type { Binding, References } from '../check/references'
import { unbind } from '../fixes/unbind'
import { rule } from './frame/rule'
import { isMeantUnused, unreadBindings } from './read/unread'

interface Unused {
  readonly binding: Binding
}

export const unusedResult = rule<Unused>({
  code: 'unused-result',
  category: 'Language',
  severity: 'warning',
  title: 'One of several results that nothing reads',
  explanation: [
    'Where a block or layer returns several tensors, each gets a name by its place. One that nothing reads is either',
    'forgotten or not needed; a name that starts with `_` says which. A name that stands before one that is used has',
    'to be there for the order alone, as `c1` to `c4` before `c5` when only the last stage of a backbone counts, and',
    'is found only when the option asks for it.',
  ].join('\n'),
  source: 'Aho, Lam, Sethi & Ullman 2006, §9.1.6: dead code computes values that never get used',
  example:
    'network N {\n  input image: [3, 32, 32]\n  left, right = image -> conv(16, 3, padding=1) -> relu -> split(2)\n  output y = left -> conv(8, 1)\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  left, _right = image -> conv(16, 3, padding=1) -> relu -> split(2)\n  output y = left -> conv(8, 1)\n}\n',
  options: {
    everyPlace: {
      type: 'boolean',
      default: false,
      documentation: 'also names that stand before one that is used',
    },
  },
  unnecessary: true,
  words: ({ binding: { name } }) => ({
    what: `\`${name}\` is never used`,
    why: '',
    todo: 'use it, or let its name start with `_` to say that it is not needed',
  }),
  check({ analysis, options }, report) {
    for (const { binding, references } of unreadBindings(analysis, ['assign'])) {
      const { node } = binding
      if (node.kind !== 'assign' || node.names.length < 2 || references.replacedBy(binding).length > 0)
        continue
      if (!options.everyPlace && isBeforeUsed(binding, node, references)) continue
      report({ place: { file: analysis.uri, range: binding.identifier }, data: { binding } })
    }
  },
  fixes: ['same-network', 'same-function'],
  fix: ({ analysis }, { binding }) => unbind(analysis, binding),
})

/** Whether a name that is read, or is meant not to be, stands behind this one. */
function isBeforeUsed({ identifier }: Binding, { names }: Assign, references: References): boolean {
  return names.slice(names.indexOf(identifier) + 1).some((later) => {
    const other = references.bindingAt(later)
    return isMeantUnused(later.name) || (other !== undefined && references.isRead(other))
  })
}
