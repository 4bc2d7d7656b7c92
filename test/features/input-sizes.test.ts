import { expect, test } from 'vitest'
import type { MarkupContent } from 'vscode-languageserver-types'
import { analyze } from '../../server/src/check/analyze'
import { codeActions } from '../../server/src/features/code-actions'
import { codeLenses } from '../../server/src/features/code-lens'
import { hover } from '../../server/src/features/hover'
import { networkInputs } from '../../server/src/features/input-sizes/network-inputs'
import { stillThere, type TriedSizes } from '../../server/src/features/input-sizes/tried'
import { tryLenses } from '../../server/src/features/input-sizes/try-lens'
import { DEFAULT_SETTINGS } from '../../server/src/features/support/settings'
import type { View } from '../../server/src/features/support/view'
import { totalsAt } from '../../server/src/features/totals'
import { applyEdits } from '../../server/src/model/problem'
import { changedLines } from '../helpers/fixes'
import { marked, type Sources, viewed } from './view'

const UNET = `
  network Tile {
    input ima$0ge: [1, 60, 68]
    fine = image -> conv(8, 3) -> conv(8, 3)
    coarse = fine -> maxpool(2) -> conv(8, 3)
    up = coarse -> conv_transpose(8, 2, stride=2)
    output y = concat(fine -> center_crop(up), up) -> conv(2, 1)
  }
`

function markdown(view: View, offset: number, details: 'full' | 'shapes' = 'full'): string {
  const shown = hover(view, offset, { documentation: false, details })
  return (shown?.contents as MarkupContent | undefined)?.value ?? ''
}

function hovered(sources: Sources): string {
  const { view, offset } = marked(sources)
  return markdown(view, offset)
}

test('the hover on an input shows the sizes that work', () => {
  expect(hovered(UNET)).toContain(
    [
      '- Sizes at which no stride leaves out pixels: `H ≡ 0 (mod 2), H ≥ 10`, the same for W',
      '- Sizes that work: `H ≥ 10`, the same for W',
    ].join('\n'),
  )
})

test('wherever on the statement, but not on a constant in it', () => {
  const at = (mark: string) => hovered(`SIZE = 9\nnetwork N {\n  ${mark}\n  output y = x -> conv(1, 3)\n}\n`)
  expect(at('inp$0ut x: [1, 9, 9]')).toContain('Sizes that work: `H ≥ 3`')
  expect(at('input x: [1, $09, 9]')).toContain('Sizes that work: `H ≥ 3`')
  expect(at('input x: [1, S$0IZE, 9]')).not.toContain('Sizes that work')
})

test('layers whose weights depend on the size are shown, and inputs that change together', () => {
  const text = hovered(`
    network N {
      input le$0ft: [3, 32, 32]
      input right: [3, 32, 32]
      output y = add(left, right) -> conv(4, 3) -> flatten -> linear(10)
    }
  `)
  expect(text).toContain('- Sizes that work: `H ≥ 3`, the same for W, together with `right`')
  expect(text).toContain('- Their weights depend on the size: `linear` (line 4)')
})

test('of a network with a fault, the sizes that would fix it are shown', () => {
  const text = `
    network N {
      input ima$0ge: [3, 33, 33]
      output y = add(image -> maxpool(2) -> upsample(2), image)
    }
  `
  expect(hovered(text)).toContain('- Sizes that work: `H ≡ 0 (mod 2)`, the same for W')
})

/** The actions at the mark, with the lines that they change. */
function actions(sources: Sources): readonly (readonly [string, string | undefined, string])[] {
  const { view, offset, host, text } = marked(sources)
  const lines = view.lines(view.analysis.uri)
  const position = lines.position(offset)
  return [...codeActions(view, host, { range: { start: position, end: position } })].map((action) => {
    const edits = (action.edit?.changes?.[view.analysis.uri] ?? []).map(({ range, newText }) => ({
      start: lines.offset(range.start),
      end: lines.offset(range.end),
      text: newText,
    }))
    return [action.title, action.kind, changedLines(text, applyEdits(text, edits))]
  })
}

test('an input that does not work gets the nearest sizes', () => {
  expect(
    actions(`
      HEIGHT = 33
      network N {
        input ima$0ge: [3, HEIGHT, 32]
        output y = add(image -> maxpool(2) -> upsample(2), image)
      }
    `),
  ).toEqual([
    ['Set input image to 3×32×32', 'quickfix', 'HEIGHT = 32'],
    ['Set input image to 3×34×32', 'quickfix', 'HEIGHT = 34'],
  ])
})

test('an input at which strides leave out pixels gets the nearest sizes at which none does', () => {
  expect(actions(UNET.replace('60', '61'))).toEqual([
    [
      'Set input image to 1×60×68, where no stride leaves out pixels',
      'refactor.rewrite',
      'input image: [1, 60, 68]',
    ],
    [
      'Set input image to 1×62×68, where no stride leaves out pixels',
      'refactor.rewrite',
      'input image: [1, 62, 68]',
    ],
  ])
  expect(actions(UNET)).toEqual([])
})

/** The view with other sizes tried. */
function trying(sources: Sources, inputsOf: TriedSizes) {
  const { view, host, offset } = marked(sources)
  const analysis = analyze(view.analysis.uri, host, { inputsOf })
  return { view: { ...view, analysis }, offset, host }
}

const TWO = `
  block unit(x: tensor) { return x -> con$0v(8, 3) }
  network A {
    input image: [3, 8, 8]
    output y = image -> unit
    expect y.height == 6
  }
  network B {
    input image: [3, 8, 8]
    output y = image -> unit
    expect y.height == 5
  }
`

test('lenses lead to other sizes and back', () => {
  const titles = (view: View) => tryLenses(view, { enable: true }).map(({ command }) => command?.title)
  expect(titles(viewed(TWO.replace('$0', '')).view)).toEqual(['Try another size…', 'Try another size…'])
  const { view } = trying(TWO, { A: { image: '3x16x16' } })
  expect(titles(view)).toEqual(['Trying 3×16×16 — back to 3×8×8', 'Try another size…', 'Try another size…'])
  const [back, other] = tryLenses(view, { enable: true })
  const target = { uri: 'test.cnn', network: 'A', input: 'image' }
  expect(back?.command).toMatchObject({ command: 'cnnlint.trySize', arguments: [{ ...target, size: null }] })
  expect(other?.command).toMatchObject({ command: 'cnnlint.trySize', arguments: [target] })
  expect(tryLenses(view, { enable: false })).toEqual([])
})

test('what depends on a tried size is marked, in that network alone', () => {
  const { view, offset } = trying(TWO, { A: { image: '3x16x16' } })
  const mark = '*for the tried input `image 3×16×16` of `A`, not 3×8×8*'
  expect(markdown(view, offset)).toMatch(/^\*\*3×16×16 → 8×14×14\*\* in `unit`/)
  expect(markdown(view, offset).split('\n\n')[1]).toBe(mark)
  expect(markdown(view, offset, 'shapes').split('\n\n')[1]).toBe(mark)
  const { text } = view.analysis.file
  expect(markdown(view, text.indexOf('y = image'))).toContain(mark)
  expect(markdown(view, text.lastIndexOf('y = image'))).not.toContain('tried')
  const lenses = codeLenses(view, { enable: true }).map(({ command }) => command?.title)
  expect(lenses[1]).toMatch(/ · for the tried image 3×16×16$/)
  expect(lenses[2]).not.toMatch(/tried/)
})

test('the expectations of the other networks are still checked', () => {
  const { view } = trying(TWO, { A: { image: '3x16x16' } })
  expect(view.analysis.problems.map(({ code }) => code)).toEqual(['expect-failed'])
})

test('fixes at a tried size are proven for it, and for the size of the text', () => {
  const text = `
    network N {
      input image: [3, 32, 32]
      output y = concat(image -> maxpool(2) -> upsample(2), im$0age)
    }
  `
  expect(marked(text).view.analysis.problems).toEqual([])
  const { view, host, offset } = trying(text, { N: { image: '3x33x33' } })
  const start = view.lines(view.analysis.uri).position(offset)
  const found = [...codeActions(view, host, { range: { start, end: start } })]
  expect(found.map(({ title }) => title)).toContain('Resize the smaller map to image → 6×33×33')
  // The size of the text is not at fault.
  expect(found.map(({ title }) => title)).not.toContainEqual(expect.stringMatching(/^Set input/))
})

test('totals are those of the declaration around the cursor', () => {
  const { view, offset } = trying(TWO, { A: { image: '3x16x16' } })
  const { text } = view.analysis.file
  expect(totalsAt(view, text.indexOf('expect y.height == 5'))).toEqual({
    name: 'B',
    text: '224 params · 7.78 KMACs',
    tried: [],
  })
  expect(totalsAt(view, text.indexOf('network A'))).toEqual({
    name: 'A',
    text: '224 params · 42.3 KMACs',
    tried: [{ network: 'A', input: 'image', text: 'image 3×16×16', declared: '3×8×8' }],
  })
  expect(totalsAt(view, offset)).toMatchObject({ name: 'unit', text: '224 params · 7.78–42.3 KMACs' })
})

test('outside of all declarations the only network is shown, if there is one', () => {
  const one = viewed('C = 1\n\n\nnetwork N {\n  input x: [3, 8, 8]\n  output y = x -> relu\n}\n').view
  expect(totalsAt(one, 0)).toMatchObject({ name: 'N' })
  expect(totalsAt(viewed(`C = 1\n${TWO.replace('$0', '')}`).view, 0)).toBeUndefined()
})

test('inputs are listed with sizes to try', () => {
  const { view } = marked(UNET)
  expect(networkInputs(view, true)).toEqual([
    {
      network: 'Tile',
      input: 'image',
      declared: '1x60x68',
      suggestions: ['1x30x34', '1x90x102', '1x120x136'],
      sizes: [
        'Sizes at which no stride leaves out pixels: H ≡ 0 (mod 2), H ≥ 10, the same for W.',
        'Sizes that work: H ≥ 10, the same for W.',
      ],
    },
  ])
  expect(networkInputs(view, false)[0]?.sizes).toEqual([])
  const { view: other } = trying(UNET, { Tile: { image: '1x90x90' } })
  expect(networkInputs(other, false)[0]).toMatchObject({ declared: '1x60x68', tried: '1x90x90' })
})

test('tried sizes of what the text no longer has are without effect', () => {
  const { file } = viewed(TWO.replace('$0', '')).view.analysis
  const networks = file.items.filter((item) => item.kind === 'network')
  const tried = { A: { image: '1x1', other: '2x2' }, C: { image: '3x3' } }
  expect(stillThere(tried, networks)).toEqual({ A: { image: '1x1' } })
})

test('half-written inputs are answered with nothing', () => {
  for (const text of [
    'network N {\n  input $0\n}\n',
    'network N {\n  input x:$0\n',
    'input $0x: [1, 2, 2]\n',
  ]) {
    expect(() => hovered(text)).not.toThrow()
    expect(tryLenses(marked(text).view, DEFAULT_SETTINGS.codeLens)).toEqual([])
    expect(networkInputs(marked(text).view, true)).toEqual([])
  }
})
