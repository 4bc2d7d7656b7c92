import { describe, expect, it } from 'vitest'
import { growth, LINEAR } from '../../helpers/growth'
import { checkRefactoring } from '../../helpers/refactoring'

/** A flow in a network, and what it becomes under a title. */
const check = (before: string, expected: Readonly<Record<string, string>>) =>
  checkRefactoring(
    'repeat-stages',
    `network N {\n  input image: [8, 32, 32]\n  output y = ${before}\n}\n`,
    Object.fromEntries(Object.entries(expected).map(([title, flow]) => [title, `output y = ${flow}`])),
  )

describe('repeat-stages', () => {
  it('counts equal layers in a row', () => {
    check('image -> conv(8, 3) -> co$0nv(8,3) -> conv(8, 3) -> relu', {
      'Write 3 * conv(8, 3)': 'image -> 3 * conv(8, 3) -> relu',
    })
  })

  it('adds to what is counted already', () => {
    check('image -> 2 * conv(8, 3) -> co$0nv(8, 3) -> 3 * conv(8, 3)', {
      'Write 6 * conv(8, 3)': 'image -> 6 * conv(8, 3)',
    })
  })

  it('repeats several layers in parentheses', () => {
    check('image -> conv(8, 3) -> relu -> conv(8, 3) -> re$0lu -> conv(4, 1)', {
      'Write 2 * (conv(8, 3) -> relu)': 'image -> 2 * (conv(8, 3) -> relu) -> conv(4, 1)',
    })
    check('image -> «conv(8, 3) -> relu -> conv(8, 3) -> relu» -> conv(8, 3)', {
      'Write 2 * (conv(8, 3) -> relu)': 'image -> 2 * (conv(8, 3) -> relu) -> conv(8, 3)',
    })
  })

  it('keeps the name of the last one, and a head that waits', () => {
    check('image -> conv(8, 3) -> con$0v(8, 3) as deep -> relu', {
      'Write 2 * conv(8, 3)': 'image -> 2 * conv(8, 3) as deep -> relu',
    })
    check('image -> (co$0nv(8, 3) -> conv(8, 3) -> relu)', {
      'Write 2 * conv(8, 3)': 'image -> (2 * conv(8, 3) -> relu)',
    })
  })

  it('is not offered for what differs, stands alone, has a name between or is half-written', () => {
    check('image -> conv(8, 3) -> co$0nv(8, 5)', {})
    check('image -> re$0lu', {})
    check('image -> conv(8, 3) as a -> co$0nv(8, 3)', {})
    check('image -> conv(8, 3) -> con$0v(8, 3) ->', {})
    check('image -> conv(8, 3) -> conv(8, 3) -> re$0lu', {})
  })

  it('looks through a long flow in one pass', () => {
    const ratio = growth((size) => {
      const flow = Array.from({ length: size }, (_, i) => `conv(${(i % 97) + 1}, 1)`).join(' -> ')
      check(`image -> re$0lu -> ${flow}`, {})
    }, 2_000)
    expect(ratio).toBeLessThan(LINEAR)
  })
})
