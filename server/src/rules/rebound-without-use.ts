import { lineNumber } from '../../../grammar/positions'
import type { Binding } from '../check/references'
import { unbind } from '../fixes/unbind'
import { rule } from './frame/rule'
import { unreadBindings } from './read/unread'

interface Rebound {
  readonly binding: Binding
  /** The line that binds the name again, from 1. */
  readonly line: number
}

export const reboundWithoutUse = rule<Rebound>({
  code: 'rebound-without-use',
  category: 'Language',
  severity: 'warning',
  title: 'A name that is bound again before anything has read it',
  explanation: [
    'A name may be bound again, and later lines see the new value. When nothing has read the first value by then,',
    'the first line has no effect on the outputs, but its weights are still counted. Usually the second line',
    'should continue from the first and starts from another tensor instead.',
  ].join('\n'),
  source: 'Aho, Lam, Sethi & Ullman 2006, §9.2.5: a value that is not live where it is assigned',
  example:
    'network N {\n  input image: [3, 32, 32]\n  y = image -> conv(16, 3, padding=1)\n  y = image -> relu\n  output logits = y -> conv(8, 1)\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  y = image -> conv(16, 3, padding=1)\n  y = y -> relu\n  output logits = y -> conv(8, 1)\n}\n',
  unnecessary: true,
  words: ({ binding: { name }, line }) => ({
    what: `the value that \`${name}\` gets here is never used`,
    why: `line ${line} binds \`${name}\` again before anything reads it`,
    todo: `read it there, use another name, or remove it`,
  }),
  check({ analysis }, report) {
    const { uri: file } = analysis
    for (const { binding, references } of unreadBindings(analysis, ['assign', 'shared', 'as'])) {
      // Where the later value is unused too, that is the finding.
      const again = references.replacedBy(binding).filter((each) => references.isRead(each))
      const [first] = again
      if (first === undefined) continue
      const line = lineNumber(analysis.file, first.identifier.start)
      report({
        place: { file, range: binding.identifier },
        data: { binding, line },
        related: again.map(({ identifier }) => ({ file, range: identifier, message: 'bound again here' })),
      })
    }
  },
  fixes: ['same-network', 'same-function'],
  fix: ({ analysis }, { binding }) => unbind(analysis, binding),
})
