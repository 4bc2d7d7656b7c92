import { describe, expect, it } from 'vitest'
import {
  addLayers,
  isCallOnTensors,
  removeLayer,
  removeLines,
  replaceLayer,
  stageOf,
  unwrapCall,
} from '../../server/src/fixes/flow-text'
import { applyEdits, type TextEdit } from '../../server/src/model/problem'
import { dedent } from '../helpers/annotations'
import { analyzed } from '../helpers/problems'

/** The first application of a layer in a text, by the layer's name. */
function application(source: string, name: string) {
  const { analysis } = analyzed(source)
  expect(analysis.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const node = analysis.networks.flatMap(({ layers }) => layers).find(({ layer }) => layer.name === name)
  if (node === undefined) throw new Error(`No ${name} is applied.`)
  return { analysis, node, text: analysis.file.text }
}

type Make = (found: ReturnType<typeof application>) => readonly TextEdit[] | undefined

/** The source with the edits, which leave no error; undefined where there are none. */
function edited(source: string, name: string, make: Make): string | undefined {
  const found = application(source, name)
  const edits = make(found)
  if (edits === undefined) return undefined
  const result = applyEdits(found.text, edits)
  const errors = analyzed(result).analysis.problems.filter(({ severity }) => severity === 'error')
  expect(errors.map(({ message }) => message)).toEqual([])
  return result
}

/** A network whose only output is a flow from `image`. */
function flowing(flow: string, declared = ''): string {
  return `${declared}network N {\n  input image: [8, 16, 16]\n  output y = ${flow}\n}\n`
}

const removed: Make = ({ analysis, node }) => removeLayer(analysis, node)

function checkRemoved(before: string, after: string | undefined, declared = ''): void {
  const result = edited(flowing(before, declared), 'mish', removed)
  expect(result).toEqual(after && flowing(after, declared))
}

describe('a layer is taken out', () => {
  it('as a stage, wherever it stands in the flow', () => {
    checkRemoved('image -> mish -> relu', 'image -> relu')
    checkRemoved('image -> relu -> mish', 'image -> relu')
    checkRemoved('image as a -> mish', 'image as a')
  })

  it('with its repetition and its parentheses', () => {
    checkRemoved('image -> 3 * mish -> relu', 'image -> relu')
    checkRemoved('image -> (2 * (mish)) -> relu', 'image -> relu')
  })

  it('of a composition in parentheses', () => {
    checkRemoved('image -> 2 * (relu -> mish)', 'image -> 2 * (relu)')
    checkRemoved('image -> 2 * (mish -> relu)', 'image -> 2 * (relu)')
  })

  it('and leaves its name to what stands before it', () => {
    checkRemoved('image -> relu -> mish as a -> relu', 'image -> relu as a -> relu')
    checkRemoved('image -> mish as a -> relu', 'image as a -> relu')
    checkRemoved('image -> relu as r -> mish as a -> relu', undefined)
    checkRemoved('image as i -> mish as a -> relu', undefined)
  })

  it('as a call on a tensor', () => {
    checkRemoved('mish(image)', 'image')
    checkRemoved('mish(image) -> relu', 'image -> relu')
    checkRemoved('mish(image -> relu) -> tanh', 'image -> relu -> tanh')
    checkRemoved('mish(x=image -> relu) as a -> tanh', '(image -> relu) as a -> tanh')
    checkRemoved('add(mish(image -> relu), image)', 'add(image -> relu, image)')
    checkRemoved('concat([mish(image), image])', 'concat([image, image])')
    checkRemoved('mish(if true then image else image) -> relu', '(if true then image else image) -> relu')
    checkRemoved('mish([image -> relu][0])', '[image -> relu][0]')
    checkRemoved(
      'image -> conv(mish(image -> relu).channels, 1)',
      'image -> conv((image -> relu).channels, 1)',
    )
  })

  it('of the flow that makes a layer', () => {
    const unit = 'unit = mish -> conv(8, 1)\n'
    expect(edited(flowing('image -> unit', unit), 'mish', removed)).toBe(
      flowing('image -> unit', 'unit = conv(8, 1)\n'),
    )
  })

  it('of a block, which returns what it is given', () => {
    const declared = (body: string) => flowing('image -> unit', `block unit(x: tensor) { return ${body} }\n`)
    expect(edited(declared('x -> mish'), 'mish', removed)).toBe(declared('x'))
    expect(edited(declared('mish(x)'), 'mish', removed)).toBe(declared('x'))
  })

  it('but not where something must stand in its place', () => {
    checkRemoved('image -> unit', undefined, 'unit = mish\n')
    checkRemoved('image -> (if true then mish else relu)', undefined)
    checkRemoved('image -> unit(mish)', undefined, 'block unit(x: tensor, f: layer) { return x -> f }\n')
    checkRemoved('image -> unit', undefined, 'block unit(x: tensor, f: layer = mish) { return x -> f }\n')
  })

  it('with its line, and without what follows in the comment before it', () => {
    checkRemoved('image\n    -> mish\n    -> relu', 'image\n    -> relu')
    checkRemoved('image  # RGB\n    -> mish\n    -> relu', 'image  # RGB\n    -> relu')
    checkRemoved('image  # RGB\n    -> mish  # positive\n    -> relu', 'image  # RGB\n    -> relu')
    checkRemoved('image  # RGB\n    -> mish -> relu', 'image  # RGB\n     -> relu')
    checkRemoved('image -> relu  # active\n    -> mish', 'image -> relu  # active')
    checkRemoved('image  # RGB\n    -> mish as a -> relu', undefined)
  })

  it('of several tensors, of which the first stays', () => {
    const size: Make = ({ analysis, node }) => removeLayer(analysis, node)
    const crop = (flow: string) => edited(flowing(flow), 'center_crop', size)
    expect(crop('center_crop(image -> relu, image)')).toBe(flowing('image -> relu'))
    expect(crop('center_crop(image, 16)')).toBe(flowing('image'))
    expect(crop('image -> center_crop(image)')).toBe(flowing('image'))
    const sum = (flow: string) => edited(flowing(flow), 'add', removed)
    expect(sum('add([image -> relu]) -> tanh')).toBe(flowing('image -> relu -> tanh'))
    expect(sum('add(image, image)')).toBeUndefined()
    expect(sum('add([image, image])')).toBeUndefined()
  })
})

it('a call gives way to any part of it', () => {
  const kept: Make = ({ analysis, node, text }) => {
    const start = text.indexOf('image -> tanh')
    return unwrapCall(analysis, node, node.site, { start, end: start + 'image -> tanh'.length })
  }
  expect(edited(flowing('add(image, image -> tanh) -> relu'), 'add', kept)).toBe(
    flowing('image -> tanh -> relu'),
  )
  expect(edited(flowing('[add(image, image -> tanh)][0]'), 'add', kept)).toBe(flowing('[image -> tanh][0]'))
})

it('a layer is told from a call on tensors', () => {
  const isCall = (flow: string, declared = '') => {
    const { node } = application(flowing(flow, declared), 'center_crop')
    return isCallOnTensors(node)
  }
  expect(isCall('center_crop(image, 8)')).toBe(true)
  expect(isCall('(center_crop(8)(image)) -> relu')).toBe(true)
  expect(isCall('image -> center_crop(8)')).toBe(false)
  expect(isCall('image -> center_crop(image)')).toBe(false)
  expect(isCall('image -> (center_crop(8) -> relu)')).toBe(false)
  expect(isCall('image -> cut', 'cut = center_crop(8)\n')).toBe(false)
  expect(isCall('cut(image)', 'cut = center_crop(8)\n')).toBe(true)
})

it('another layer takes the place, options included', () => {
  const replaced: Make = ({ node }) => replaceLayer(node, 'conv(8, 1)')
  expect(edited(flowing('image -> 2 * maxpool(3, padding=1) as a -> relu'), 'maxpool', replaced)).toBe(
    flowing('image -> 2 * conv(8, 1) as a -> relu'),
  )
})

describe('layers are added', () => {
  const check = (side: 'before' | 'after', before: string, after: string | undefined, declared = '') => {
    const make: Make = ({ analysis, node }) => addLayers(analysis, node, side, 'relu -> tanh')
    expect(edited(flowing(before, declared), 'mish', make)).toBe(after && flowing(after, declared))
  }

  it('beside a stage, before its name', () => {
    check('after', 'image -> mish as a -> elu', 'image -> mish -> relu -> tanh as a -> elu')
    check('before', 'image -> mish as a -> elu', 'image -> relu -> tanh -> mish as a -> elu')
    check('after', 'image -> 2 * mish', 'image -> 2 * mish -> relu -> tanh')
    check('before', 'image -> 2 * (mish)', 'image -> relu -> tanh -> 2 * (mish)')
  })

  it('beside the head of a flow that makes a layer', () => {
    check('after', 'image -> (mish -> elu)', 'image -> (mish -> relu -> tanh -> elu)')
    check('before', 'image -> (mish -> elu)', 'image -> (relu -> tanh -> mish -> elu)')
  })

  it('after a call and to the tensor in it', () => {
    check('after', 'mish(image)', 'mish(image) -> relu -> tanh')
    check('before', 'mish(image)', 'mish(image -> relu -> tanh)')
    check('after', 'mish(image -> elu) -> elu', 'mish(image -> elu) -> relu -> tanh -> elu')
    check('before', 'mish(image -> elu) -> elu', 'mish(image -> elu -> relu -> tanh) -> elu')
    check(
      'before',
      'mish(if true then image else image)',
      'mish((if true then image else image) -> relu -> tanh)',
    )
    check(
      'after',
      'image -> conv(2 * mish(image).channels, 1)',
      'image -> conv(2 * (mish(image) -> relu -> tanh).channels, 1)',
    )
  })

  it('nowhere beside a value', () => {
    check('after', 'image -> unit', undefined, 'unit = mish\n')
    check('before', 'image -> unit(mish)', undefined, 'block unit(x: tensor, f: layer) { return x -> f }\n')
  })
})

it('the stage of a layer is found with its flow', () => {
  const stage = (flow: string) => {
    const { analysis, node, text } = application(flowing(flow), 'mish')
    const found = stageOf(analysis, node)
    return found && text.slice(found.stage.start, found.stage.end)
  }
  expect(stage('image -> relu -> 2 * mish as a -> tanh')).toBe('-> 2 * mish as a')
  expect(stage('mish(image)')).toBeUndefined()
})

it('statements go with their lines', () => {
  const source = dedent(`
    network N {
      input image: [8, 16, 16]
      a = image -> relu  # unused
      b = image -> tanh c = image -> elu
      output y = image
    }
  `)
  const { analysis } = analyzed(source)
  const [network] = analysis.file.items
  const statements = network?.kind === 'network' ? network.body.statements : []
  const without = (index: number) =>
    applyEdits(analysis.file.text, [
      removeLines(analysis.file, statements[index] as (typeof statements)[number]),
    ])
  expect(without(1)).not.toContain('unused')
  expect(without(1).split('\n')).toHaveLength(analysis.file.text.split('\n').length - 1)
  expect(without(3)).toContain('  b = image -> tanh\n')
})
