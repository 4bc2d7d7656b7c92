import { describe, expect, it } from 'vitest'
import { parse } from '../../../grammar/parse'
import { composed, laidOut } from '../../../server/src/features/refactor/frame/layout'
import { applyEdits } from '../../../server/src/model/problem'

describe('composed', () => {
  it('does at once what both lists of edits do', () => {
    const text = 'abcdefghij'
    const first = [
      { start: 2, end: 4, text: 'CCDD' },
      { start: 6, end: 6, text: '!' },
    ]
    const second = [
      { start: 0, end: 3, text: 'x' },
      { start: 5, end: 7, text: '' },
      { start: 12, end: 13, text: '' },
    ]
    const both = composed(text, first, second)
    expect(applyEdits(text, both)).toBe(applyEdits(applyEdits(text, first), second))
    expect(composed(text, [], [])).toEqual([])
  })
})

describe('laidOut', () => {
  const insert = (text: string, at: string, added: string) => {
    const start = text.indexOf(at)
    return applyEdits(text, laidOut(parse(text), [{ start, end: start, text: added }]))
  }

  it('lays out the whole file where it was laid out before', () => {
    const text = 'block f(x: tensor) {\n  return x -> relu\n}\n'
    expect(insert(text, 'return', 'y=x\n')).toBe('block f(x: tensor) {\n  y = x\n  return x -> relu\n}\n')
  })

  it('leaves the rest of a file alone that was not', () => {
    const text = 'block f(x:tensor) {\n    return x->relu\n}\nK=3\n'
    expect(insert(text, 'return', 'y=x\n    ')).toBe(
      'block f(x:tensor) {\n  y = x\n    return x->relu\n}\nK=3\n',
    )
  })
})
