/** What a text calls that stands in other frameworks: `nn.Conv2d`, `tf.keras.layers.Dense`, `MaxPool2d`. */
import type { Call, Expression } from '../../../../grammar/tree'
import { type ForeignEntry, findLayer, foreignEntries, similarEntries } from '../../layers'
import type { Framework } from '../../model/foreign'
import type { AnyLayer } from '../../model/layer'

/** What layers are put into, to be run one after the other. */
const CONTAINER = 'Sequential'

interface Named {
  /** As the text has it, with its module. */
  readonly text: string
  /** The frameworks whose module it names; none where it names none. */
  readonly frameworks: readonly Framework[]
}

export type ForeignName = Named &
  (
    | {
        readonly kind: 'layer'
        readonly entries: readonly ForeignEntry[]
        readonly similar: readonly ForeignEntry[]
        /** It has our name, and arguments that ours does not have. */
        readonly isOwn?: true
      }
    | { readonly kind: 'sequence' }
    /** `self.conv1` where `conv1` is bound. */
    | { readonly kind: 'instance'; readonly name: string }
  )

/** What the names of a file stand for. */
export interface Names {
  /** Whether it stands for anything here. */
  readonly isVisible: (name: string) => boolean
  /** Whether it is bound in the file, and not built in. */
  readonly isBound: (name: string) => boolean
}

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
export function foreignName(node: Expression, { isVisible }: Names): ForeignName | undefined {
  const path = pathOf(node)
  const [root] = path
  const last = path.at(-1)
  if (root === undefined || last === undefined || isVisible(root)) return undefined
  const text = path.join('.')
  if (root === 'self' && path.length === 2 && isVisible(last)) {
    return { kind: 'instance', text, frameworks: [], name: last }
  }
  const frameworks = path.length > 1 ? (isModule(root) ? (MODULES[root] as readonly Framework[]) : []) : []
  if (last === CONTAINER) return { kind: 'sequence', text, frameworks }
  const entries = foreignEntries(last)
  const similar = similarEntries(last)
  return entries.length + similar.length === 0
    ? undefined
    : { kind: 'layer', text, frameworks, entries, similar }
}

/**
 * Whether a call is one of a foreign layer, or of what such a call makes, as in `Conv2D(64, 3)(x)`; or one of ours with
 * arguments that only others have, as in `conv(64, 3, activation="relu")`.
 */
export function foreignCallee({ callee, args }: Call, names: Names): ForeignName | undefined {
  let at = callee
  while (at.kind === 'call') at = at.callee
  const foreign = foreignName(at, names)
  if (foreign !== undefined || at !== callee || at.kind !== 'name' || names.isBound(at.name)) return foreign
  const layer = findLayer(at.name)
  const isOther = layer && args.some(({ name }) => name !== undefined && !knowsArgument(layer, name.name))
  if (!isOther) return undefined
  const entries = layer.foreign.map((each) => ({ layer, foreign: each }))
  return { kind: 'layer', text: at.name, frameworks: [], entries, similar: [], isOwn: true }
}

/** Whether a layer takes an argument of this name, or leads from it to one of its own. */
export function knowsArgument({ options, tensors, pytorch }: AnyLayer, name: string): boolean {
  return (
    Object.hasOwn(options, name) ||
    Object.hasOwn(pytorch?.inputSizes ?? {}, name) ||
    tensors.some((each) => each.name === name) ||
    Object.values(options).some(({ foreign }) => foreign.some((each) => each.name === name))
  )
}

/** `a.b.c` as its parts; empty for anything else. */
export function pathOf(node: Expression): readonly string[] {
  const path: string[] = []
  let at = node
  for (; at.kind === 'attribute'; at = at.object) path.unshift(at.name.name)
  return at.kind === 'name' ? [at.name, ...path] : []
}
