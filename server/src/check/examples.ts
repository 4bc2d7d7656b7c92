/**
 * Calls in the documentation of blocks, on tensors that stand in for those of a network:
 *
 *     ## @example [64, 56, 56] -> bottleneck(64)
 */
import { memo } from '../../../grammar/memo'
import { parse } from '../../../grammar/parse'
import type {
  Block,
  Expression,
  Identifier,
  Input,
  Network,
  Range,
  SourceFile,
  Statement,
  SyntaxProblem,
} from '../../../grammar/tree'

export interface Example {
  readonly block: Block
  /** The call as a network with the sizes as its inputs; absent where its text is at fault. */
  readonly network?: Network
  readonly problems: readonly SyntaxProblem[]
}

const MARK = '@example'
const LINE = new RegExp(`^[ \\t]*##[ \\t]*${MARK}(?![\\w-]).*`, 'gm')

/** The examples in the documentation of a file's blocks. */
export const examplesOf = memo((tree: SourceFile): readonly Example[] =>
  tree.items.flatMap((item) => (item.kind === 'block' ? examplesIn(item, tree) : [])),
)

function examplesIn(block: Block, { text }: SourceFile): readonly Example[] {
  const { doc } = block
  if (doc === undefined || !doc.text.includes(MARK)) return []
  return [...text.slice(doc.start, doc.end).matchAll(LINE)].map(({ 0: line, index }) => {
    const start = doc.start + index + line.indexOf(MARK)
    return readExample(block, { start, end: doc.start + index + line.length }, text)
  })
}

const NO_CALL = {
  code: 'syntax-error',
  message:
    'An example needs a call. Write a size and what it flows through, as in `@example [64, 56, 56] -> unit(64)`.',
} as const

/** Reads the call where it stands: in the place of the mark a constant of as many letters begins. */
function readExample(block: Block, { start, end }: Range, text: string): Example {
  const mark = { start, end: start + MARK.length }
  if (text.slice(mark.end, end).trim() === '') return { block, problems: [{ ...mark, ...NO_CALL }] }
  const name = 'example'
  const { items, problems } = parse(`${' '.repeat(start)}${name}=${text.slice(mark.end, end)}`)
  const [item] = items
  if (problems.length > 0 || item?.kind !== 'constant') return { block, problems }
  return { block, problems, network: networkOf(item.value, { kind: 'identifier', name, ...mark }) }
}

function networkOf(value: Expression, name: Identifier): Network {
  const sizes = value.kind === 'flow' ? sizesIn(value.head) : []
  const inputs = sizes.map((shape, i) => standIn(shape, i))
  const names = inputs.map(({ name: { name: each, start, end } }) => ({
    kind: 'name' as const,
    name: each,
    start,
    end,
  }))
  const [first] = names
  const { start, end } = value
  const head: Expression | undefined =
    names.length === 1 ? first : { kind: 'list', items: names, start, end: names.at(-1)?.end ?? start }
  const call: Expression = value.kind === 'flow' && head ? { ...value, head } : value
  const statements: Statement[] = [...inputs, { kind: 'assign', names: [name], value: call, start, end }]
  return { kind: 'network', name, params: [], body: { kind: 'body', statements, start, end }, start, end }
}

/** A list of sizes stands for as many tensors. */
function sizesIn(head: Expression): readonly Expression[] {
  const isSize = ({ kind }: Expression) => kind === 'list' || kind === 'size'
  return head.kind === 'list' && head.items.length > 0 && head.items.every(isSize) ? head.items : [head]
}

/** A name that no text can have hides none that the call may mean. */
function standIn(shape: Expression, index: number): Input {
  const { start, end } = shape
  return {
    kind: 'input',
    name: { kind: 'identifier', name: `tensor ${index + 1}`, start, end },
    shape,
    start,
    end,
  }
}
