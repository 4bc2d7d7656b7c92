import { SAME, WHOLE } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { axisOutOfRange, resolveAxis } from './axes'
import { axisName } from './constraints/axes'
import { isMisfit } from './constraints/ranks'
import { constraint, layer, networkText, optionalInt, optionalInts } from './declare'
import { unlike } from './foreign'

interface SoftmaxGroupsData {
  readonly name: string
  readonly size: number
  readonly groups: readonly number[]
}

const groupsMismatch = constraint<SoftmaxGroupsData>({
  code: 'groups-mismatch',
  title: 'Groups that do not fill the axis',
  explanation:
    'Each value belongs to one group, and the values of a group sum to 1. So the sizes of the groups must sum to the size of the axis, or the number of groups must divide it.',
  example: networkText('x -> group_softmax([2, 3])', '[6]'),
  instead: networkText('x -> group_softmax([2, 4])', '[6]'),
  text: 'The number of groups divides the axis, or their sizes sum to it.',
  words: ({ name, size, groups }) => ({
    what:
      groups.length === 1
        ? `${groups[0]} groups do not divide the ${name} ${size}`
        : `the groups ${groups.join(' + ')} sum to ${groups.reduce((sum, n) => sum + n, 0)}, not to the ${name} ${size}`,
    why: 'every value belongs to one group, in which the values sum to 1',
    todo: `let the sizes of the groups sum to ${size}, or leave them out when a tree gives them`,
  }),
})

export const groupSoftmax = layer({
  name: 'group_softmax',
  foreign: ['softmax_tree', 'SoftmaxTree', ...unlike('HierarchicalSoftmax', 'has no weights here')],
  category: 'Activation',
  traits: {
    range: { least: 0, most: 1 },
    reads: 'rows',
    activation: true,
    shares: 'plain',
  },
  summary: 'A softmax in each group of values, so that each group sums to 1.',
  details:
    '`group_softmax(9)` makes nine equal groups, `group_softmax([2, 5])` groups of these sizes. Groups that are not known here, such as those of a tree of words, can be left out: they do not change the shape.',
  source: 'Redmon & Farhadi 2017 (YOLO9000), §4, hierarchical classification',
  output: 'the input’s shape',
  sees: 'its own place; everything along the axis that is divided, where it is a spatial one',
  byPlace: ['groups'],
  options: {
    groups: optionalInts({
      documentation: 'how many equal groups, or a list of their sizes',
      optional: true,
      min: 1,
      foreign: ['num_groups', 'group_sizes'],
    }),
    axis: optionalInt({
      documentation: 'the axis that is divided into groups; when left out 0 (channels), on rows the last',
      optional: true,
      countsAxes: true,
      foreign: ['dim'],
    }),
  },
  constraints: [axisOutOfRange, groupsMismatch],
  use: 'Where the classes form groups of which one is chosen in each: object or background for every anchor, or the levels of a tree of classes.',
  inPyTorch: 'x.unflatten(1, (9, 2)).softmax(dim=2).flatten(1, 2)',
  example: `network Objectness {
  input x: [18, 38, 50]
  output y = x -> group_softmax(9)
  expect y.shape == [18, 38, 50]
}`,
  infer: ({ shapes, options: { groups, axis } }) => {
    const [x] = shapes as [Shape]
    const along = resolveAxis(axis ?? (x.length === 2 ? 1 : 0), x)
    if (isMisfit(along)) return along
    const size = x[along] as number
    if (groups !== undefined && !groupsFit(groups, size)) {
      return groupsMismatch.violated({ name: axisName(along, x.length), size, groups }, 'groups')
    }
    return { shapes: [x], field: { kind: 'maps', maps: x.map((_, i) => (i === along ? WHOLE : SAME)) } }
  },
})

function groupsFit(groups: readonly number[], size: number): boolean {
  const [count] = groups
  if (count === undefined) return false
  return groups.length === 1 ? size % count === 0 : groups.reduce((sum, n) => sum + n, 0) === size
}
