import { describe, expect, it } from 'vitest'
import { parse } from '../../grammar/parse'
import {
  argumentFor,
  calleeName,
  removeArgument,
  type Signature,
  setOption,
} from '../../server/src/fixes/call-text'
import { applyEdits } from '../../server/src/model/problem'

const CONV: Signature = { options: ['channels', 'kernel', 'stride', 'padding'], tensors: ['x'], written: 0 }

function site(text: string) {
  const [item] = parse(`A = ${text}`).items
  if (item?.kind !== 'constant') throw new Error('The text is no expression.')
  return item.value
}

function set(text: string, option: string, value: string, written = 0): string {
  const edits = setOption(site(text), { ...CONV, written }, option, value)
  return applyEdits(`A = ${text}`, edits).slice(4)
}

describe('an option is given a value', () => {
  it.each([
    ['conv(64, 3)', 'conv(64, 3, padding=1)'],
    ['conv(64, 3,)', 'conv(64, 3, padding=1,)'],
    ['conv(64, 3, padding=7)', 'conv(64, 3, padding=1)'],
    ['conv(64, 3, 2, 7)', 'conv(64, 3, 2, 1)'],
    ['conv(padding=7, 64, 3)', 'conv(padding=1, 64, 3)'],
    ['conv()', 'conv(padding=1)'],
    ['down', 'down(padding=1)'],
    ['unit(64)(stride=2)', 'unit(64)(stride=2, padding=1)'],
    ['unit(64, padding=2)(stride=2)', 'unit(64, padding=1)(stride=2)'],
    ['conv(\n  64,\n  3\n)', 'conv(\n  64,\n  3, padding=1\n)'],
  ])('in %s', (before, after) => {
    expect(set(before, 'padding', '1')).toBe(after)
  })

  it('behind the tensors that are written in the call', () => {
    expect(set('conv(image, 64, 3)', 'kernel', '5', 1)).toBe('conv(image, 64, 5)')
  })

  it('where a layer that waits has no tensor in its call', () => {
    expect(set('conv(64, 3)', 'kernel', '5', 1)).toBe('conv(64, 5)')
  })
})

it('finds no argument for an option that is left out', () => {
  expect(argumentFor(site('conv(64, 3)'), CONV, 'padding')).toBeUndefined()
})

it('knows what is called', () => {
  expect(calleeName(site('unit(64)(stride=2)'))).toBe('unit')
  expect(calleeName(site('relu'))).toBe('relu')
  expect(calleeName(site('f.g(3)'))).toBeUndefined()
})

describe('an argument is taken away', () => {
  it.each([
    ['conv(64, 3, padding=1)', 2, 'conv(64, 3)'],
    ['conv(64, 3, padding=1)', 0, 'conv(3, padding=1)'],
    ['conv(64, 3, padding=1)', 1, 'conv(64, padding=1)'],
    ['relu(3)', 0, 'relu'],
    ['conv(64)(3)', 0, 'conv(64)()'],
  ])('from %s, number %i', (text, index, after) => {
    const call = site(text)
    if (call.kind !== 'call') throw new Error('The text is no call.')
    const arg = call.args[index]
    if (arg === undefined) throw new Error('There is no such argument.')
    expect(applyEdits(`A = ${text}`, removeArgument(call, arg)).slice(4)).toBe(after)
  })
})
