import { describe, expect, it } from 'vitest'
import type { Candidate, FixMaker } from '../../server/src/fixes/fix'
import { mapOffset } from '../../server/src/fixes/positions'
import { prove, provenFixes } from '../../server/src/fixes/prove'
import { analyzed, type Sources } from '../helpers/problems'

/** Replaces the first occurrence of a text in the first file. */
function replacement(text: string, by: string, more: Partial<Candidate> = {}): FixMaker {
  return ({ analysis }) => {
    const start = analysis.file.text.indexOf(text)
    const edits = [{ start, end: start + text.length, text: by }]
    return [{ action: `${text} → ${by}`, file: analysis.uri, edits, ...more }]
  }
}

/** The candidate's title when it is proven for the first problem, with the errors that it uncovers. */
function proof(sources: Sources, maker: FixMaker) {
  const { analysis, host } = analyzed(sources)
  const [problem] = analysis.problems
  if (problem === undefined) throw new Error('There is no problem.')
  const [candidate] = maker({ analysis, host, problem })
  const fix = prove({ analysis, host, problem }, candidate as Candidate)
  return fix && { title: fix.title, uncovered: fix.uncovered, errors: fix.errors }
}

const BROKEN = `
  network N {
    input image: [3, 4, 4]
    y = image -> conv(8, 7)
    output logits = y -> global_avgpool -> flatten -> linear(10)
  }
`

describe('a fix is proven', () => {
  it('when its problem goes and nothing else breaks', () => {
    const fix = proof(BROKEN, replacement('8, 7', '8, 3'))
    expect(fix).toEqual({ title: '8, 7 → 8, 3 → 8×2×2', uncovered: 0, errors: 0 })
  })

  it('not when its problem stays', () => {
    expect(proof(BROKEN, replacement('8, 7', '8, 6'))).toBeUndefined()
  })

  it('not when its problem only moves', () => {
    expect(proof(BROKEN, replacement('  y = image', '  z = 1\n  y = image'))).toBeUndefined()
  })

  it('not when something that worked breaks', () => {
    const sources = `
      block f(x: tensor, k) { return x -> conv(8, k) }
      network N {
        input small: [3, 4, 4]
        input large: [8, 9, 9]
        output sum = add(large, large -> f(1))
        output y = small -> f(7)
      }
    `
    expect(proof(sources, replacement('8, k', '8, 3'))).toBeUndefined()
    expect(proof(sources, replacement('f(7)', 'f(3)'))).toMatchObject({ errors: 0 })
  })

  it('not when an expectation that held fails', () => {
    const sources = `
      network N {
        input image: [3, 4, 4]
        a = image -> conv(8, 3)
        expect a.shape == [8, 2, 2]
        output y = a -> conv(8, 3)
      }
    `
    expect(proof(sources, replacement('8, 3', '8, 3, padding=1'))).toBeUndefined()
  })

  it('when it uncovers what the problem had hidden', () => {
    const sources = `
      network N {
        input image: [3, 4, 4]
        output y = image -> conv(8, 7) -> maxpool(3)
      }
    `
    expect(proof(sources, replacement('8, 7', '8, 3'))).toEqual({
      title: '8, 7 → 8, 3 → 8×2×2',
      uncovered: 1,
      errors: 1,
    })
  })

  it('for the use that was at fault, though another use of the same text has a fault of its own', () => {
    const sources = `
      block res(x: tensor, width) { return add(x, x -> conv(width, 3)) }
      network N {
        input image: [8, 9, 9]
        output y = image -> res(8) -> res(16)
      }
    `
    expect(proof(sources, replacement('width, 3', 'width, 3, padding=1'))).toEqual({
      title: 'width, 3 → width, 3, padding=1 → 8×9×9',
      uncovered: 1,
      errors: 1,
    })
    expect(proof(sources, replacement('width, 3', 'width, 5'))).toBeUndefined()
  })

  it('for the turn of a loop that was at fault, though a later one has a fault of its own', () => {
    const sources = `
      network N {
        input image: [8, 9, 9]
        x = image
        for width in [8, 16] { x = add(x, x -> conv(width, 3)) }
        output y = x
      }
    `
    expect(proof(sources, replacement('width, 3', 'width, 3, padding=1'))).toMatchObject({ uncovered: 1 })
  })

  it('for some of the axes in which tensors differ, where it leaves the others as they are', () => {
    const sources = `
      network N {
        input image: [3, 9, 9]
        output y = add(image, image -> conv(8, 3))
      }
    `
    expect(proof(sources, replacement('8, 3', '8, 3, padding=1'))).toMatchObject({
      title: '8, 3 → 8, 3, padding=1 (channels still differ)',
    })
    expect(proof(sources, replacement('8, 3', '3, 3'))).toMatchObject({
      title: '8, 3 → 3, 3 (height and width still differ)',
    })
    expect(proof(sources, replacement('8, 3', '4, 3'))).toBeUndefined()
  })

  it('not when it changes nothing, or its edits overlap', () => {
    expect(proof(BROKEN, replacement('8, 7', '8, 7'))).toBeUndefined()
    const twice: FixMaker = (context) => {
      const [candidate] = replacement('8, 7', '8, 3')(context) as [Candidate]
      return [{ ...candidate, edits: [...candidate.edits, ...candidate.edits] }]
    }
    expect(proof(BROKEN, twice)).toBeUndefined()
  })

  it('beside other problems, which may stay', () => {
    const sources = `
      network N {
        input image: [3, 4, 4]
        output y = image -> conv(8, 7)
        output z = image -> conv(8, 9)
      }
    `
    expect(proof(sources, replacement('8, 7', '8, 3'))).toMatchObject({ uncovered: 0, errors: 1 })
  })
})

describe('of several fixes', () => {
  const candidates: FixMaker = (context) => [
    ...replacement('8, 7', '9, 4')(context),
    ...replacement('8, 7', '8, 3')(context),
    ...replacement('8, 7', '8, 4')(context),
    ...replacement('8, 7', '8, 3', { action: 'the same again' })(context),
    ...replacement('8, 7', '8, 2', { fallback: true })(context),
  ]

  function titles(text: string) {
    const { analysis, host } = analyzed(text)
    const [problem] = analysis.problems
    if (problem === undefined) throw new Error('There is no problem.')
    return provenFixes({ analysis, host, problem }, candidates).map(({ title }) => title)
  }

  it('each is offered once, in order, and no fallback', () => {
    expect(titles(BROKEN)).toEqual(['8, 7 → 9, 4 → 9×1×1', '8, 7 → 8, 3 → 8×2×2', '8, 7 → 8, 4 → 8×1×1'])
  })

  it('those that leave no false expectation are offered alone', () => {
    expect(titles(BROKEN.replace('output', 'expect y.shape == [8, 2, 2]\n    output'))).toEqual([
      '8, 7 → 8, 3 → 8×2×2',
    ])
  })

  it('a fallback is offered where nothing else is clean', () => {
    expect(titles(BROKEN.replace('output', 'expect y.shape == [8, 3, 3]\n    output'))).toEqual([
      '8, 7 → 8, 2 → 8×3×3',
    ])
  })
})

describe('an offset', () => {
  const edits = [
    { start: 6, end: 6, text: 'ab' },
    { start: 10, end: 12, text: 'x' },
  ]

  it.each([
    ['before all edits stays', 5, 5],
    ['where text is inserted goes behind it', 6, 8],
    ['between edits is shifted', 9, 11],
    ['at the start of replaced text goes to its replacement', 10, 12],
    ['inside replaced text goes to the start of its replacement', 11, 12],
    ['at the end of replaced text goes behind its replacement', 12, 13],
    ['behind all edits is shifted', 20, 21],
  ])('%s', (_, before, after) => {
    expect(mapOffset(before, edits)).toBe(after)
  })
})
