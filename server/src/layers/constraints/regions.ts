/** Constraints on maps and the regions that are taken from them. */
import { type Shape, showShape } from '../../model/shape'
import { constraint, networkText } from '../declare'

export interface MapData {
  readonly shape: Shape
}

export const needsMap = constraint<MapData>({
  code: 'needs-image-map',
  title: 'A tensor that is not a map with height and width',
  explanation:
    'The layer works with places in a plane. So it needs a map with two spatial axes, `[C, H, W]`.',
  example: networkText('roi_align(x, z, 7)', '[256, 50]', '[100, 4]'),
  instead: networkText('roi_align(x, z, 7)', '[256, 50, 50]', '[100, 4]'),
  text: 'The map has two spatial axes, `[C, H, W]`.',
  words: ({ shape }) => ({
    what: `${showShape(shape)} is no map with height and width`,
    why: 'a region is a rectangle in a map [C, H, W]',
    todo: 'give a map [C, H, W]',
  }),
})

export interface RegionsData {
  readonly shape: Shape
}

export const needsRegions = constraint<RegionsData>({
  code: 'needs-regions',
  title: 'A tensor that does not hold regions',
  explanation:
    'Regions are rows of four coordinates, `[count, 4]`. `proposals` and `selective_search` make them.',
  example: networkText('roi_align(x, z, 7)', '[256, 50, 50]', '[100, 5]'),
  instead: networkText('roi_align(x, z, 7)', '[256, 50, 50]', '[100, 4]'),
  text: 'The regions are `[count, 4]`.',
  words: ({ shape }) => ({
    what: `${showShape(shape)} are no regions`,
    why: 'regions are rows of four coordinates, [count, 4]',
    todo: 'give the output of proposals or selective_search as the last tensor',
  }),
})

export interface LevelsData {
  readonly shapes: readonly Shape[]
  /** The level whose channels are not those of the first. */
  readonly level: number
}

export const levelsDiffer = constraint<LevelsData>({
  code: 'levels-differ',
  title: 'Levels with different numbers of channels',
  explanation:
    'The regions of all levels go through the same layers afterwards. So all levels have the same number of channels.',
  example: networkText('roi_align(x, z, w, 7)', '[256, 50, 50]', '[512, 25, 25]', '[100, 4]'),
  instead: networkText('roi_align(x, z -> conv(256, 1), w, 7)', '[256, 50, 50]', '[512, 25, 25]', '[100, 4]'),
  text: 'All levels have equally many channels.',
  words: ({ shapes, level }) => ({
    what: `level ${level} has ${shapes[level]?.[0]} channels, level 0 has ${shapes[0]?.[0]}`,
    why: 'regions of any level go through the same layers afterwards',
    todo: `bring every level to ${shapes[0]?.[0]} channels, for instance by conv(${shapes[0]?.[0]}, 1)`,
  }),
})

/** The violation when the last tensor is no regions, or one of the others no map, or their channels differ. */
export function regionsMisfit(shapes: readonly Shape[]) {
  const last = shapes.length - 1
  const levels = shapes.slice(0, last)
  const noMap = levels.findIndex((shape) => shape.length !== 3)
  if (noMap >= 0) return needsMap.violated({ shape: levels[noMap] as Shape }, noMap)
  const regions = shapes[last] as Shape
  if (regions.length !== 2 || regions[1] !== 4) return needsRegions.violated({ shape: regions }, last)
  const level = levels.findIndex((shape) => shape[0] !== levels[0]?.[0])
  return level < 0 ? undefined : levelsDiffer.violated({ shapes, level }, level)
}
