import type { Binding } from '../check/references'
import { unbind } from '../fixes/unbind'
import { rule } from './frame/rule'
import { unreadBindings } from './read/unread'

interface Unused {
  readonly binding: Binding
}

export const unusedName = rule<Unused>({
  code: 'unused-name',
  category: 'Language',
  severity: 'warning',
  title: 'A name in a body that nothing reads',
  explanation: [
    'What a network or block computes and does not use changes nothing in its outputs, but its weights and',
    'multiplications are counted, and a reader looks for its use. Often the line that should read it names',
    'another tensor. The names of loops may be unused, as may names that start with `_`; what an `expect` speaks of',
    'is used.',
  ].join('\n'),
  source: 'Aho, Lam, Sethi & Ullman 2006, §9.1.6: dead code computes values that never get used',
  example:
    'network N {\n  input image: [3, 32, 32]\n  wide = image -> conv(32, 3, padding=1)\n  output y = image -> conv(16, 3, padding=1) -> relu\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(16, 3, padding=1) -> relu\n}\n',
  unnecessary: true,
  words: ({ binding: { name, kind } }) => ({
    what: kind === 'input' ? `the input \`${name}\` is never used` : `\`${name}\` is never used`,
    why: kind === 'input' ? 'nothing in the network depends on it' : '',
    todo: 'use it, remove it, or let its name start with `_`',
  }),
  check({ analysis }, report) {
    for (const { binding, references } of unreadBindings(analysis, ['assign', 'shared', 'as', 'input'])) {
      // One of several names has a rule of its own, as has one that is bound again.
      if (binding.node.kind === 'assign' && binding.node.names.length > 1) continue
      if (references.replacedBy(binding).length > 0) continue
      report({ place: { file: analysis.uri, range: binding.identifier }, data: { binding } })
    }
  },
  fixes: ['same-network', 'same-function'],
  fix: ({ analysis }, { binding }) => unbind(analysis, binding),
})
