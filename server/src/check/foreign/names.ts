/** What a text calls that stands in other frameworks: `nn.Conv2d`, `tf.keras.layers.Dense`, `MaxPool2d`. */
import type { Call, Expression } from '../../../../grammar/tree'
import { type ForeignEntry, foreignEntries, similarEntries } from '../../layers'
import type { Framework } from '../../model/foreign'

/** What layers are put into, to be run one after the other. */
const CONTAINER = 'Sequential'

export type ForeignName = {
  /** As the text has it, with its module. */
  readonly text: string
  /** The frameworks whose module it names; none where it names none. */
  readonly frameworks: readonly Framework[]
} & (
  | {
      readonly kind: 'layer'
      readonly entries: readonly ForeignEntry[]
      readonly similar: readonly ForeignEntry[]
    }
  | { readonly kind: 'sequence' }
)

/** Tells whether a name stands for something in this file. */
export type IsVisible = (name: string) => boolean

/** The module that the first part of a name stands for. */
const MODULES: Readonly<Record<string, readonly Framework[]>> = {
  nn: ['PyTorch', 'Flax'],
  torch: ['PyTorch'],
  torchvision: ['PyTorch'],
  F: ['PyTorch'],
  keras: ['Keras', 'TensorFlow'],
  layers: ['Keras', 'TensorFlow'],
  tf: ['Keras', 'TensorFlow'],
  tfl: ['Keras', 'TensorFlow'],
  caffe: ['Caffe'],
  L: ['Caffe'],
  flax: ['Flax'],
  linen: ['Flax'],
  jax: ['Flax'],
  onnx: ['ONNX'],
  mx: ['MXNet'],
  gluon: ['MXNet'],
}

/** Whether a name is that of a module of another framework, as its users import it. */
export function isModule(name: string): boolean {
  return Object.hasOwn(MODULES, name)
}

/** The foreign layer that an expression names; undefined where it names something here, or nothing known. */
export function foreignName(node: Expression, isVisible: IsVisible): ForeignName | undefined {
  const path = pathOf(node)
  const [root] = path
  const last = path.at(-1)
  if (root === undefined || last === undefined || isVisible(root)) return undefined
  const text = path.join('.')
  const frameworks = path.length > 1 ? (isModule(root) ? (MODULES[root] as readonly Framework[]) : []) : []
  if (last === CONTAINER) return { kind: 'sequence', text, frameworks }
  const entries = foreignEntries(last)
  const similar = similarEntries(last)
  return entries.length + similar.length === 0
    ? undefined
    : { kind: 'layer', text, frameworks, entries, similar }
}

/** Whether a call is one of a foreign layer, or of what such a call makes: `Conv2D(64, 3)(x)`. */
export function foreignCallee({ callee }: Call, isVisible: IsVisible): ForeignName | undefined {
  let at = callee
  while (at.kind === 'call') at = at.callee
  return foreignName(at, isVisible)
}

/** `a.b.c` as its parts; empty for anything else. */
export function pathOf(node: Expression): readonly string[] {
  const path: string[] = []
  let at = node
  for (; at.kind === 'attribute'; at = at.object) path.unshift(at.name.name)
  return at.kind === 'name' ? [at.name, ...path] : []
}
