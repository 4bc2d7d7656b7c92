import { SAME, transposedMap } from '../model/axis-map'
import type { Origin } from '../model/layer'
import type { Shape } from '../model/shape'
import { shapesUnequal } from './constraints/merging'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { constraint, layer, networkText } from './declare'
import { unlike } from './foreign'
import { type WindowOptions, windowAxes } from './window'

interface OriginData {
  /** The layer that made the tensor; undefined for an input. */
  readonly layer: string | undefined
}

const notAMaxpool = constraint<OriginData>({
  code: 'not-a-maxpool',
  title: 'Unpooling of a tensor that no `maxpool` made',
  explanation:
    '`max_unpool` puts each value where a `maxpool` found its maximum. So it is given the output of that `maxpool`, by its name.',
  example: networkText('max_unpool(x -> conv(64, 3, padding=1), x)', '[64, 28, 28]'),
  instead: networkText('x -> maxpool(2) as p -> conv(64, 3, padding=1) -> max_unpool(p)', '[64, 28, 28]'),
  text: '`pooled` is the output of a maxpool.',
  words: ({ layer }) => ({
    what: `the tensor to undo comes from ${layer === undefined ? 'an input' : `\`${layer}\``}, not from a \`maxpool\``,
    why: 'unpooling puts each value where the maxpool found its maximum',
    todo: 'name the maxpool’s output in the flow (… -> maxpool(2) as p1 …) and give that name',
  }),
})

export const maxUnpool = layer({
  name: 'max_unpool',
  foreign: unlike(
    'MaxUnpool1d MaxUnpool2d MaxUnpool3d MaxUnpooling2D Unpooling Upsample_Indices',
    'name the pooled tensor that is undone: max_unpool(pooled=…)',
    {
      order: ['kernel_size', 'stride', 'padding'],
      args: { kernel_size: 'ignored', stride: 'ignored', padding: 'ignored' },
    },
  ),
  category: 'Resampling',
  traits: { range: 'kept', reads: 'signal', linear: true, channelwise: true, enlarges: 'back' },
  summary:
    'Undoes a maxpool: each value goes back to the place where the maximum was found; all other values are 0.',
  source: 'Zeiler et al. 2011, §3; Badrinarayanan et al. 2017 (SegNet), §3',
  output: 'the shape before the maxpool',
  sees: 'the pooling windows that it lies in',
  tensors: [
    { name: 'x', documentation: 'the map to spread out' },
    { name: 'pooled', documentation: 'the output of the maxpool that is undone' },
  ],
  constraints: [needsSpatialAxes, notAMaxpool, shapesUnequal],
  use: 'In decoders that mirror an encoder with max pooling (SegNet): borders come back to where they were, and only the indices have to be kept. The map is sparse afterwards, so convolutions follow.',
  inPyTorch: 'F.max_unpool2d(x, indices, 2)',
  example: `network Unpooled {
  input image: [8, 32, 32]
  pooled = image -> maxpool(2)
  output y = pooled -> conv(8, 3, padding=1) -> max_unpool(pooled)
  expect y.shape == [8, 32, 32]
}`,
  infer: ({ shapes, origin }) => {
    const [x, pooled] = shapes as [Shape, Shape]
    const misfit = spatialMisfit(x)
    if (misfit) return misfit
    const made = origin?.(1)
    if (!isMaxpool(made)) return notAMaxpool.violated({ layer: made?.layer }, 1)
    const axis = x.length === pooled.length ? x.findIndex((size, i) => size !== pooled[i]) : null
    if (axis !== -1) return shapesUnequal.violated({ shapes, tensors: [0, 1], axis }, 1)
    const before = made.shapes[0] as Shape
    const axes = windowAxes(before, made.options)
    // A position takes the value of a window around it, and where that window's maximum was decides whether.
    return {
      shapes: [before],
      field: { kind: 'maps', maps: [SAME, ...axes.map(transposedMap)] },
    }
  },
})

/** What `maxpool` has made has the options of a window. */
function isMaxpool(made: Origin | undefined): made is Origin & { readonly options: WindowOptions } {
  return made?.layer === 'maxpool'
}
