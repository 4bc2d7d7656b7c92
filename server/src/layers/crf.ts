import { GLOBAL } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { sizesUnequal } from './constraints/merging'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { int, layer } from './declare'
import { unlike } from './foreign'

export const crf = layer({
  name: 'crf',
  foreign: [
    'DenseCRF',
    'CRFasRNN',
    ...unlike('CRF', 'this is the dense one of images, not one of sequences'),
  ],
  category: 'Recurrence and attention',
  traits: { range: 'any', reads: 'signal' },
  summary:
    'Sharpens the scores of a segmentation along the edges of the image: a fully connected conditional random field.',
  details:
    'It compares each position with every other one, in several rounds (mean-field inference). Its few parameters are not learned with the network: they are found by trying.',
  source: 'Krähenbühl & Koltun 2011; Chen et al. 2015 (DeepLab), §2.3',
  output: 'the scores’ shape',
  sees: 'everything',
  tensors: [
    { name: 'scores', documentation: 'the scores of each class, [C, H, W]' },
    { name: 'image', documentation: 'the image, with the same height and width as the scores' },
  ],
  byPlace: ['iterations'],
  options: {
    iterations: int({
      documentation: 'rounds of mean-field inference',
      min: 1,
      default: '10',
      foreign: ['num_iterations', 'n_iter'],
    }),
  },
  constraints: [needsSpatialAxes, sizesUnequal],
  use: 'After a segmentation network whose scores are right but blurred at the borders of objects, as in the first DeepLab. Later networks leave it out, since their own scores are sharp enough.',
  inPyTorch: null,
  example: `network Refined {
  input image: [3, 321, 321]
  scores = image -> conv(21, 3, padding=1)
  output y = crf(scores, image)
  expect y.shape == [21, 321, 321]
}`,
  infer: ({ shapes }) => {
    const [scores, image] = shapes as [Shape, Shape]
    const misfit = spatialMisfit(scores)
    if (misfit) return misfit
    const axis =
      scores.length === image.length ? scores.findIndex((size, i) => i > 0 && size !== image[i]) : null
    if (axis !== -1) return sizesUnequal.violated({ shapes, tensors: [0, 1], axis }, 1)
    return { shapes: [scores], field: GLOBAL }
  },
})
