import { describe, expect, it } from 'vitest'
import { type ArgumentKind, bindArguments, type Slot } from '../../server/src/check/binding/arguments'
import type { Signature } from '../../server/src/check/binding/signature'
import { assignTensors, lackingParameter, needsTensor } from '../../server/src/check/binding/tensors'
import type { TensorParameter } from '../../server/src/model/layer'

const X: TensorParameter = { name: 'x', documentation: '' }
const MASK: TensorParameter = { name: 'mask', documentation: '', optional: true }
const MAPS: TensorParameter = { name: 'maps', documentation: '', rest: { min: 2 } }

const OPTIONS = ['channels', 'kernel', 'stride']
const SIGNATURE = { options: OPTIONS, byPlace: OPTIONS, tensors: [X, MASK] }

/** Arguments as `3` (a value), `t` (a tensor), `?` (either), `kernel=3`; slots as the option's name, or their kind. */
function slots(
  args: readonly string[],
  given: readonly string[] = [],
  signature: Signature = SIGNATURE,
): readonly string[] {
  const nameOf = (arg: string) => (arg.includes('=') ? arg.slice(0, arg.indexOf('=')) : undefined)
  const kindOf = (arg: string): ArgumentKind => (arg === 't' ? 'tensor' : arg === '?' ? 'unknown' : 'value')
  const show = (slot: Slot) =>
    slot.kind === 'option'
      ? slot.name
      : [slot.kind, 'name' in slot ? slot.name : 'option' in slot ? slot.option : ''].join(' ').trim()
  return bindArguments(signature, new Set(given), args, nameOf, kindOf).map(({ slot }) => show(slot))
}

describe('arguments', () => {
  it.each([
    ['3 3', 'channels kernel'],
    ['t 3 3', 'tensor channels kernel'],
    ['3 t 3 t', 'channels tensor kernel tensor'],
    ['kernel=3 8 1', 'kernel channels stride'],
    ['8 channels=3', 'channels given-twice channels'],
    ['8 x=t 3', 'channels named-tensor x kernel'],
    ['x=t x=t', 'named-tensor x given-twice x'],
    ['8 ? 3', 'channels open kernel'],
    ['8 width=3 3', 'channels unknown-name width kernel'],
    ['8 3 1 2', 'channels kernel stride too-many'],
  ])('%s go to %s', (args, expected) => {
    expect(slots(args.split(' ')).join(' ')).toBe(expected)
  })

  it.each([
    ['8 3 1', 'channels, kernel, too-many stride'],
    ['8 3 1 2 4', 'channels, kernel, too-many stride, too-many padding, too-many'],
    ['8 3 t 1', 'channels, kernel, tensor, too-many stride'],
    ['8 kernel=3 1', 'channels, kernel, too-many stride'],
    ['8 3 stride=2 1', 'channels, kernel, stride, too-many padding'],
    ['kernel=3 8', 'kernel, channels'],
    ['8 3 1 stride=2', 'channels, kernel, too-many stride, stride'],
  ])('%s, where two options go by place, go to %s', (args, expected) => {
    const byPlace = ['channels', 'kernel']
    const signature = { options: [...byPlace, 'stride', 'padding'], byPlace, tensors: [X] }
    expect(slots(args.split(' '), [], signature).join(', ')).toBe(expected)
  })

  it('go on where an earlier call ended', () => {
    expect(slots(['3', 'stride=1'], ['channels'])).toEqual(['kernel', 'stride'])
    expect(slots(['3', '2'], ['kernel'])).toEqual(['channels', 'stride'])
  })

  it('are asked what they are with the option that they would give', () => {
    const asked: (string | undefined)[] = []
    bindArguments(
      SIGNATURE,
      new Set(),
      ['8', 't', 'half'],
      () => undefined,
      (argument, option) => {
        asked.push(option)
        return argument === 't' ? 'tensor' : 'value'
      },
    )
    expect(asked).toEqual(['channels', 'kernel', 'kernel'])
  })
})

describe('tensors', () => {
  const assigned = (
    parameters: readonly TensorParameter[],
    count: number,
    named: readonly string[] = [],
    listed = false,
  ) => {
    const result = assignTensors(parameters, { count, listed, isNamed: (name) => named.includes(name) })
    if (result.kind !== 'complete') return result
    return result.shares
      .map(({ parameter, from, count: taken }) => `${parameter.name} ${from}+${taken}`)
      .join(', ')
  }

  it('fill the parameters in their order, and those by name are passed over', () => {
    expect(assigned([X, MASK], 1)).toBe('x 0+1')
    expect(assigned([X, MASK], 2)).toBe('x 0+1, mask 1+1')
    expect(assigned([X, MASK], 1, ['x'])).toBe('mask 0+1')
    expect(assigned([X, MASK], 0)).toEqual({ kind: 'missing', needs: 1 })
    expect(assigned([X, MASK], 3)).toEqual({ kind: 'too-many', first: 2 })
  })

  it('go to the parameter for all that are left, but for those that the ones behind it need', () => {
    expect(assigned([X, MAPS], 4)).toBe('x 0+1, maps 1+3')
    expect(assigned([MAPS, X], 4)).toBe('maps 0+3, x 3+1')
    expect(assigned([MAPS, X], 3, ['x'])).toBe('maps 0+3')
    expect(assigned([MAPS, X], 2)).toEqual({ kind: 'missing', needs: 3 })
    expect(assigned([MAPS], 1)).toEqual({ kind: 'missing', needs: 2 })
    expect(assigned([MAPS], 1, [], true)).toBe('maps 0+1')
  })

  it('suffice for a call to be applied at once', () => {
    const enough = (
      parameters: readonly TensorParameter[],
      count: number,
      named: readonly string[] = [],
      listed = false,
    ) =>
      lackingParameter(parameters, { count, listed, isNamed: (name) => named.includes(name) }) === undefined
    expect([enough([X, MASK], 0), enough([X, MASK], 1), enough([X, MASK], 0, ['x'])]).toEqual([
      false,
      true,
      true,
    ])
    expect([enough([MAPS], 1), enough([MAPS], 2), enough([MAPS], 1, [], true)]).toEqual([false, true, true])
    expect([needsTensor([X], 0), needsTensor([MAPS], 1), needsTensor([MAPS], 2)]).toEqual([
      false,
      true,
      false,
    ])
  })
})
