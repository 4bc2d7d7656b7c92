import { normalisesBatch } from '../layers/traits'
import type { LayerNode, Tensor } from '../model/graph'
import { type Shape, showShape } from '../model/shape'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'
import {
  isSinglePosition,
  type ShrinkingLayers,
  shrinkingLayer,
  shrinkingPlace,
} from './read/single-position'
import { countTexts, innermostText } from './read/wholly'

export const normalisationOverOneValue = rule<{ readonly shape: Shape }>({
  code: 'normalisation-over-one-value',
  category: 'Order and redundancy',
  severity: 'info',
  title: 'At batch size 1 batch normalisation has one value per channel',
  explanation: [
    'Batch normalisation takes the mean and the variance of a channel over the batch and all positions. A map of',
    'one position has one value per image: at batch size 1 that value minus its own mean is always 0, and',
    'PyTorch refuses to train (`Expected more than 1 value per channel when training`), in larger batches too when',
    'one image is left for the last batch of an epoch. With a few images the statistics are noise. At inference,',
    'with running statistics, nothing is wrong.',
    '',
    'The pooled image features of ASPP and the coarsest level of a pyramid pooling are the usual places. Their',
    'authors train with 16 images in a batch, so that the finding is information and the network is not wrong.',
    'Vectors are left out, as fully connected layers are trained with large batches; so are the maps of regions, of',
    'which an image has many, and layers with `trainable=false`, whose statistics are frozen too. Of several layers',
    'after one pooling the first is found. `instancenorm` on such a map is an error, as no batch size helps.',
  ].join('\n'),
  source:
    'Ioffe & Szegedy 2015, §3; small batches: Wu & He 2018, §1; where it is met: Chen et al. 2017 (DeepLabv3), §3.3, Zhao et al. 2017 (PSPNet), §3.2',
  example:
    'network N {\n  input image: [3, 6, 6]\n  output y = image -> conv(16, 3, padding=1) -> relu -> global_avgpool -> conv(16, 1, bias=false) -> batchnorm -> relu -> conv(8, 1)\n}\n',
  instead:
    'network N {\n  input image: [3, 6, 6]\n  output y = image -> conv(16, 3, padding=1) -> relu -> global_avgpool -> conv(16, 1) -> relu -> conv(8, 1)\n}\n',
  words: ({ shape }) => ({
    what: `at batch size 1 each of the ${shape[0]} channels of ${showShape(shape)} is a single value to normalise`,
    why: 'the mean of one value is the value itself, so that the result is always 0, and PyTorch refuses to train; larger batches train, the smallest with noisy statistics, and inference is not concerned',
    todo: 'train with several examples in every batch, the last of an epoch too, or use groupnorm or no normalisation here',
  }),
  check({ survey }, report) {
    const all = [...layersHaving(survey, normalisesBatch)]
    const alone = new Set(all.filter(hasOneValue))
    if (alone.size === 0) return
    const texts = countTexts(all, alone)
    const known: ShrinkingLayers = new Map()
    const causes = new Set<LayerNode>()
    for (const node of alone) {
      const { shape } = node.inputs[0] as Tensor
      const cause = shrinkingLayer(node.inputs[0] as Tensor, known)
      if (cause && causes.has(cause)) continue
      if (cause) causes.add(cause)
      const call = innermostText(node, texts)
      const here = { file: node.file, range: node.site, message: 'the layer is here' }
      const related = [...(call ? [here] : []), ...shrinkingPlace(cause)]
      report({ ...(call ?? { node }), data: { shape }, related })
    }
  },
})

function hasOneValue({ inputs: [input], options }: LayerNode): boolean {
  return isSinglePosition(input) && input.items === 1 && options.trainable !== false
}
