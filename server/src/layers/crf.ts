import { GLOBAL } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { shapesDiffer } from './constraints/merging'
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
  summary: 'Sharpens scores along the edges of the image by a fully connected conditional random field.',
  details:
    'Mean-field inference; every position takes part in every other. Its few parameters are set by search.',
  source: 'Krähenbühl & Koltun 2011; Chen et al. 2015 (DeepLab), §2.3',
  output: 'the scores’ shape',
  sees: 'everything',
  tensors: [
    { name: 'scores', documentation: 'the scores of each class, [C, H, W]' },
    { name: 'image', documentation: 'the image, of the same size' },
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
  constraints: [needsSpatialAxes, shapesDiffer],
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
    if (axis !== -1) return shapesDiffer.violated({ shapes, tensors: [0, 1], axis }, 1)
    return { shapes: [scores], field: GLOBAL }
  },
})
