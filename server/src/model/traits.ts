/**
 * What a layer is like, as data: the rules, the fixes and the hovers ask for these traits and never for a layer's
 * name, so that a new layer is known to all of them by its declaration alone (the traits of MLIR's operations are
 * the model). Each trait is a statement about what the layer computes at inference, unless it says otherwise, and
 * each is one that a test can refute: `test/oracle/kinds.test.ts` compares them with PyTorch’s layers, and
 * `test/layers/traits.test.ts` with what the declaration infers.
 */
import type { Shape } from './shape'

/** The numbers from `least` to `most`, both included. */
export interface Interval {
  readonly least: number
  readonly most: number
}

/**
 * The values that a layer gives: within an interval whatever comes in; `kept`, each between 0 and some value that
 * the layer reads (a part, a pooling, zeros around a map); or `any`.
 */
export type ValueRange = Interval | 'kept' | 'any'

export type BoundOptions = Readonly<Record<string, unknown>>

/** What the two axes of a tensor are: channels and positions of a `signal` [C, L], or `rows` [T, F] of features. */
export type AxesKind = 'signal' | 'rows'

/**
 * How a layer reads a tensor of two axes: as a `signal` [C, L], whose first axis is channels; as `rows` [T, F],
 * whose last axis is features; as `either`, where no axis means something of its own; a layer that has no use for
 * two axes reads `maps` alone, and one without tensors `nothing`.
 */
export type AxesRead = AxesKind | 'either' | 'maps' | 'nothing'

/** What becomes of the values that meet, or of the tensors. */
export type Merge =
  | 'added'
  | 'subtracted'
  | 'multiplied'
  | 'divided'
  | 'largest'
  | 'side by side'
  | 'as matrices'

/** What mean and variance, or a length, are taken over. */
export interface Normalisation {
  /** The channels that are taken together: each stays alone, groups of them, all, or some neighbours. */
  readonly channels: 'each' | 'groups' | 'all' | 'neighbours'
  /** Whether all positions are taken together. */
  readonly positions: boolean
  /** Whether the images of a batch are taken together; at inference the statistics of training stand in for them. */
  readonly batch: boolean
  /** Whether the mean is subtracted. */
  readonly centred: boolean
}

export interface Pooling {
  /** What a value of the output is of the values of its channel; `either`: an option says which. */
  readonly by: 'largest' | 'average' | 'total' | 'either'
  /** Sliding windows, the whole map, or as many cells as the output is to have positions. */
  readonly over: 'windows' | 'map' | 'cells'
}

/** One application of a layer, as far as it decides whether the layer changes anything. */
export interface Application {
  readonly options: BoundOptions
  readonly inputs: readonly { readonly shape: Shape }[]
  readonly outputs: readonly { readonly shape: Shape }[]
}

/** When a layer gives its first tensor back as it is. */
export interface IdentityCondition {
  readonly holds: (application: Application) => boolean
  /** Why it changes nothing where that holds. */
  readonly why: string
  /**
   * What decides it: nothing, as it holds `always`; `options` alone, so that it holds for every tensor; the `shape`
   * that comes in, beside the options; the shape that comes in alone, so that the layer `adapts` maps of other
   * sizes; or the `number` of tensors.
   */
  readonly by: 'always' | 'options' | 'shape' | 'adapts' | 'number'
  /** The options that make it so. */
  readonly options?: readonly string[]
}

export interface Traits {
  readonly range: ValueRange | ((options: BoundOptions) => ValueRange)
  readonly reads: AxesRead
  /** It reads each of its tensors so, not the first alone. */
  readonly readsEach?: true
  /** What the two axes are that it makes of a tensor of one. */
  readonly makes?: AxesKind
  /** The output is a linear function of each tensor, with a constant added, while the others stay as they are. */
  readonly linear?: true
  /** Each value of the output is a function of the values at its own place alone, one of each tensor. */
  readonly elementwise?: true
  /** Each channel of the output depends on one channel of the first tensor. */
  readonly channelwise?: true
  /**
   * The output has the values of the input and no others: in the same order under another `shape`, with the `axes`
   * in another order, or at other `places` of a map.
   */
  readonly rearranges?: 'shape' | 'axes' | 'places'
  /** It passes the tensor through, but for training: there it drops values, or reverses the gradient. */
  readonly training?: 'drops' | 'reverses'
  readonly identity?: IdentityCondition
  /** Its windows slide over the input, or each position of the input spreads over a window of the output. */
  readonly window?: 'slides' | 'spreads'
  readonly normalises?: Normalisation
  /** It is what makes a network non-linear, and learns nothing but slopes. */
  readonly activation?: true
  /** It gives 0 for every value below 0, and nothing below 0. */
  readonly rectifies?: true
  /** Of activations: values in this interval stay as they are. */
  readonly keeps?: Interval
  /** Of activations: applied to its own result it changes nothing more. */
  readonly idempotent?: true
  /** The values along an axis are shares that sum to 1 (in groups, perhaps), or the logarithms of such. */
  readonly shares?: 'plain' | 'logarithms'
  /** How it makes one tensor of several. */
  readonly merges?: Merge
  readonly pools?: Pooling
  /** It reads the map between its positions, by weights that sum to 1. */
  readonly interpolates?: true
  /** It makes maps larger: by a factor, to a size that is given, or back to what they were before a pooling. */
  readonly enlarges?: 'by factor' | 'to size' | 'back'
  /** It takes a part of the tensor, or cuts it into parts. */
  readonly cuts?: 'part' | 'parts'
  /** It adds positions around the map. */
  readonly pads?: true
  /** It finds, reads or numbers regions, whose place depends on what the image shows. */
  readonly regions?: true
  /** Each position of the output has weights of its own. */
  readonly perPosition?: true
  /** It stands for an operation of which nothing is known but what goes in and comes out. */
  readonly undescribed?: true
  /** The option that says how many channels, or features, come out. */
  readonly width?: string
}

export const NON_NEGATIVE: Interval = { least: 0, most: Number.POSITIVE_INFINITY }

/** Whether every number of one interval lies in the other. */
export function isWithin(inner: Interval, outer: Interval): boolean {
  return inner.least >= outer.least && inner.most <= outer.most
}
