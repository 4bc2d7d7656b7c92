import type { Parameter } from '../../../grammar/tree'
import type { Binding } from '../check/references'
import { removeItem } from '../fixes/list-text'
import { prefixed } from '../fixes/unbind'
import { rule } from './frame/rule'
import { unreadBindings } from './read/unread'

interface Unused {
  readonly binding: Binding
}

export const unusedParameter = rule<Unused>({
  code: 'unused-parameter',
  category: 'Language',
  severity: 'warning',
  title: 'A parameter that its body never reads',
  explanation: [
    'A caller who gives a value for it expects an effect, and there is none. Either the body forgets it, as a `stride` that',
    'no convolution gets, or it is left over. A block that must have the same options as others, to be used in their',
    'place, may let the name start with `_`.',
  ].join('\n'),
  source: 'Aho, Lam, Sethi & Ullman 2006, §9.2.5: a value that is not live where it is assigned',
  example:
    'block unit(x: tensor, width, stride=1) {\n  return x -> conv(width, 3, padding=1) -> relu\n}\n\nnetwork N {\n  input image: [3, 32, 32]\n  output y = image -> unit(16)\n}\n',
  instead:
    'block unit(x: tensor, width, stride=1) {\n  return x -> conv(width, 3, stride=stride, padding=1) -> relu\n}\n\nnetwork N {\n  input image: [3, 32, 32]\n  output y = image -> unit(16)\n}\n',
  unnecessary: true,
  words: ({ binding: { name, scope } }) => ({
    what: `the parameter \`${name}\` is never used`,
    why: `a value for it has no effect in the ${scope.kind}`,
    todo: 'use it, remove it, or let its name start with `_`',
  }),
  check({ analysis }, report) {
    for (const { binding } of unreadBindings(analysis, ['parameter'])) {
      report({ place: { file: analysis.uri, range: binding.identifier }, data: { binding } })
    }
  },
  fix: function* ({ analysis }, { binding }) {
    const { scope, node } = binding
    if (node.kind !== 'parameter' || (scope.kind !== 'block' && scope.kind !== 'network')) return
    const { uri: file } = analysis
    if (isLastOption(node, scope.params)) {
      const edits = [removeItem(scope.params, node)]
      yield { action: `Remove the parameter ${binding.name}`, file, edits, shows: null }
    }
    yield { action: `Name it _${binding.name}`, file, edits: [prefixed(binding)], shows: null }
  },
})

/** With the last option gone, no argument without a name can come to mean another: a call that gives it is an error. */
function isLastOption(param: Parameter, params: readonly Parameter[]): boolean {
  return params.findLast(({ type }) => type?.name !== 'tensor' && type?.name !== 'tensors') === param
}
