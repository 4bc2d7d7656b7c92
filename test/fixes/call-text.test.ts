import { describe, expect, it } from 'vitest'
import { parse } from '../../grammar/parse'
import { removeArgument } from '../../server/src/check/binding/call-edits'
import { calleeName, setOption, setWrittenOption } from '../../server/src/fixes/call-text'
import { applyEdits } from '../../server/src/model/problem'
import { analyzed } from '../helpers/problems'

function site(text: string) {
  const [item] = parse(`A = ${text}`).items
  if (item?.kind !== 'constant') throw new Error('The text is no expression.')
  return item.value
}

/** The text with the option changed where it is given as it stands in a network, as a stage or as a call on tensors. */
function set(text: string, option: string, value: string): string {
  const head =
    'block unit(x: tensor, channels, stride=1, padding=0) { return x }\nnetwork N {\n  input image: [3, 32, 32]\n'
  const flow = text.includes('image') ? text : `image -> ${text}`
  const { analysis } = analyzed(`${head}  output y = ${flow}\n}\n`)
  const [graph] = analysis.networks
  const written = graph?.layers.at(-1)?.written ?? graph?.runs[1]?.frame.call?.written
  if (written === undefined) throw new Error('Nothing is applied.')
  return applyEdits(analysis.file.text, setWrittenOption(written, option, value)).slice(
    analysis.file.text.indexOf(text),
    -'\n}\n'.length,
  )
}

describe('an option is given a value', () => {
  it.each([
    ['conv(64, 3)', 'conv(64, 3, padding=1)'],
    ['conv(64, 3,)', 'conv(64, 3, padding=1,)'],
    ['conv(64, 3, padding=7)', 'conv(64, 3, padding=1)'],
    ['unit(64, 2, 7)', 'unit(64, 2, 1)'],
    ['conv(padding=7, 64, 3)', 'conv(padding=1, 64, 3)'],
    ['unit(64)(stride=2)', 'unit(64)(stride=2, padding=1)'],
    ['unit(64, padding=2)(stride=2)', 'unit(64, padding=1)(stride=2)'],
    ['unit(64)(2, 3)', 'unit(64)(2, 1)'],
    ['conv(\n  64,\n  3\n)', 'conv(\n  64,\n  3, padding=1\n)'],
  ])('in %s', (before, after) => {
    expect(set(before, 'padding', '1')).toBe(after)
  })

  it.each([
    ['conv()', 'conv(padding=1)'],
    ['down', 'down(padding=1)'],
  ])('in %s, which gives nothing', (before, after) => {
    const edits = setOption(site(before), undefined, 'padding', '1')
    expect(applyEdits(`A = ${before}`, edits).slice(4)).toBe(after)
  })

  it.each([
    ['conv(image, 64, 3)', 'conv(image, 64, 5)'],
    ['conv(64, image, 3)', 'conv(64, image, 5)'],
    ['conv(64, 3, image)', 'conv(64, 5, image)'],
    ['conv(64, 3, x=image)', 'conv(64, 5, x=image)'],
    ['conv(64, 3)(image)', 'conv(64, 5)(image)'],
    ['conv(64)(3, image)', 'conv(64)(5, image)'],
    ['conv(image -> relu, 64, 3)', 'conv(image -> relu, 64, 5)'],
  ])('wherever the tensors stand, in %s', (before, after) => {
    expect(set(before, 'kernel', '5')).toBe(after)
  })
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
