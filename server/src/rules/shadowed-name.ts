import { lineNumber } from '../../../grammar/positions'
import { isFunctionName } from '../check/language/functions'
import { TOTALS } from '../check/language/totals'
import { type Binding, type Read, type References, referencesOf, type Scope } from '../check/references'
import { findLayer } from '../layers'
import { rule } from './frame/rule'

interface Shadowed {
  readonly binding: Binding
  /** What the name stands for elsewhere: `the built-in layer`. */
  readonly hidden: string
  /** The line that reads it in that meaning, from 1; absent where no line of the body does. */
  readonly line?: number
}

export const shadowedName = rule<Shadowed>({
  code: 'shadowed-name',
  category: 'Language',
  severity: 'info',
  title: 'A name with two meanings in one body',
  explanation: [
    'A body’s own names come before those of the file and of the built-in layers. Where a body reads a name as the',
    'layer, block or function and binds it to a tensor too, the meaning depends on the line, and a line that moves',
    'changes it. In an `expect` it is the other way round: `params`, `macs`, `layers` and `depth` are always the totals.',
    'A name that hides another one that the body never reads does no harm, and is found only if the option asks for',
    'it.',
  ].join('\n'),
  source: 'Aho, Lam, Sethi & Ullman 2006, §1.6.3: an inner declaration hides the outer one of the same name',
  example:
    'network N {\n  input image: [3, 32, 32]\n  relu = image -> conv(16, 3, padding=1) -> relu\n  output y = relu -> conv(8, 1)\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  features = image -> conv(16, 3, padding=1) -> relu\n  output y = features -> conv(8, 1)\n}\n',
  options: {
    everyName: {
      type: 'boolean',
      default: false,
      documentation: 'also names that hide what their body never reads',
    },
  },
  words: ({ binding: { name, scope }, hidden, line }) => ({
    what: `\`${name}\` is bound here and is ${hidden} of that name elsewhere`,
    why:
      line === undefined
        ? `in the whole ${scope.kind} the name stands for what is bound here`
        : `line ${line} of the same ${scope.kind} reads ${hidden}`,
    todo: 'give it another name',
  }),
  check({ analysis, options }, report) {
    const { uri: file, file: tree } = analysis
    const references = referencesOf(tree)
    const done = new Map<Scope, Set<string>>()
    for (const binding of references.bindings) {
      const { name, scope } = binding
      if (scope === tree || scope.kind === 'comprehension' || !isHiding(binding, references, tree)) continue
      const names = done.get(scope) ?? new Set()
      done.set(scope, names)
      if (names.has(name)) continue
      names.add(name)
      const read = references.reads.find(
        (each) => each.name === name && within(each, scope) && hiddenBy(each, references, tree),
      )
      if (read === undefined && !options.everyName) continue
      const hidden = (read && hiddenBy(read, references, tree)) ?? outer(name, references, tree)
      if (hidden === undefined) continue
      const line = read && { line: lineNumber(tree, read.node.start) }
      report({
        place: { file, range: binding.identifier },
        data: { binding, hidden, ...line },
        related: read ? [{ file, range: read.node, message: `${hidden} is read here` }] : [],
      })
    }
  },
})

/** Whether a name of a body has another meaning elsewhere. */
function isHiding({ name }: Binding, references: References, tree: Scope): boolean {
  return Object.hasOwn(TOTALS, name) || outer(name, references, tree) !== undefined
}

function outer(name: string, references: References, tree: Scope): string | undefined {
  const [declared] = references.bound(tree, name)
  if (declared !== undefined) return ofFile(declared)
  if (findLayer(name) !== undefined) return 'the built-in layer'
  return isFunctionName(name) ? 'the function' : undefined
}

/** What a read stands for, unless it is bound in the body. */
function hiddenBy(read: Read, references: References, tree: Scope): string | undefined {
  switch (read.meaning) {
    case 'layer':
      return 'the built-in layer'
    case 'function':
      return isFunctionName(read.name) ? 'the function' : undefined
    case 'total':
      return 'the total'
    case 'bound': {
      const seen = references.seenBy(read)
      const [first] = seen
      return first && seen.every(({ scope }) => scope === tree) ? ofFile(first) : undefined
    }
    default:
      return undefined
  }
}

function ofFile({ kind }: Binding): string {
  return kind === 'import' ? 'the import' : `the file’s ${kind}`
}

function within({ node }: Read, scope: Scope): boolean {
  return scope.start <= node.start && node.end <= scope.end
}
