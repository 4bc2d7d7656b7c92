import { describe, expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { isEquivalent, type Kept } from '../../server/src/fixes/equivalent'

const network = (body: string) => `network N {\n  input image: [4, 8, 8]\n${body}\n}\n`

/** Whether a network with another body is equivalent. */
function keeps(before: string, after: string, kept: Kept = 'everything'): boolean {
  const host = memoryHost({ 'n.cnn': network(before) })
  return isEquivalent([analyze('n.cnn', host)], host, 'n.cnn', network(after), kept)
}

describe('isEquivalent', () => {
  it('looks through names, blocks, repetitions and the order of statements', () => {
    const before =
      'a = image -> relu\nb = image -> conv(4, 3, padding=1)\noutput y = add(a, b) -> relu -> relu'
    expect(keeps(before, before)).toBe(true)
    expect(
      keeps(before, 'c = image -> conv(4, 3, padding=half)\noutput y = add(image -> relu, c) -> 2 * relu'),
    ).toBe(true)
  })

  it('sees other options, other tensors, and layers that are missing or too many', () => {
    const before = 'a = image -> conv(4, 1)\nb = image -> relu\noutput y = sub(a, b)'
    for (const after of [
      'a = image -> conv(4, 1, bias=false)\nb = image -> relu\noutput y = sub(a, b)',
      'a = image -> conv(4, 1)\nb = image -> relu\noutput y = sub(b, a)',
      'a = image -> conv(4, 1)\nb = image -> relu\noutput y = sub(a, image)',
      'a = image -> conv(4, 1)\nb = image -> relu\nc = b -> relu\noutput y = sub(a, b)',
    ]) {
      expect(keeps(before, after)).toBe(false)
    }
  })

  it('tells shared weights from weights of their own', () => {
    const shared = 'shared f = conv(4, 1)\noutput y = image -> f -> f'
    expect(keeps(shared, 'shared g = conv(4, 1)\noutput y = image -> 2 * g')).toBe(true)
    expect(keeps(shared, 'f = conv(4, 1)\noutput y = image -> f -> f')).toBe(false)
  })

  it('asks for the shapes of inputs and outputs alone where the rest may change', () => {
    const before = 'output y = image -> conv(8, 3) -> relu'
    expect(keeps(before, 'output y = image -> depthwise_conv(3) -> conv(8, 1)', 'shapes')).toBe(true)
    expect(keeps(before, 'output y = image -> conv(9, 3)', 'shapes')).toBe(false)
    expect(keeps(before, 'output z = image -> conv(8, 3)', 'shapes')).toBe(false)
    expect(keeps(before, 'output y = image -> conv(8, 3)\noutput z = image', 'shapes')).toBe(false)
  })

  it('allows no new error, though those that were there may stay', () => {
    const wrong = 'a = image -> conv(8, 9)\noutput y = image -> relu'
    expect(keeps(wrong, wrong.replace('a =', 'b ='))).toBe(true)
    expect(keeps('output y = image -> relu', wrong)).toBe(false)
    expect(keeps('output y = image -> relu', 'output y = image -> relu\nexpect params == 1')).toBe(false)
  })

  it('holds for every file that reads the changed one', () => {
    const user = `from "./blocks.cnn" import f\n${network('output y = image -> f')}`
    const host = memoryHost({
      'blocks.cnn': 'block f(x: tensor) { return x -> conv(x.channels, 3) }\n',
      'n.cnn': user,
    })
    const analyses = [analyze('blocks.cnn', host), analyze('n.cnn', host)]
    const changed = (text: string) => isEquivalent(analyses, host, 'blocks.cnn', text, 'everything')
    expect(changed('block f(x: tensor) { return x -> conv(4, 3) }\n')).toBe(true)
    expect(changed('block f(x: tensor) { return x -> conv(5, 3) }\n')).toBe(false)
  })
})
