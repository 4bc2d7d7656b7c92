import { describe, expect, test } from 'vitest'
import type { InlayHint, MarkupContent } from 'vscode-languageserver-types'
import { inlayHints, type Remembered, resolveInlayHint } from '../../server/src/features/inlay-hints'
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/features/support/settings'
import { type Marked, type Sources, viewed } from './view'

type Options = Partial<Settings['inlayHints']> & { editedLine?: number; before?: Remembered }

function ask(shown: Marked, { editedLine, before, ...settings }: Options = {}) {
  return inlayHints(shown.view, {
    range: { start: 0, end: shown.text.length },
    settings: { ...DEFAULT_SETTINGS.inlayHints, ...settings },
    editedLine,
    before,
  })
}

const labelOf = ({ label }: InlayHint) =>
  typeof label === 'string' ? label : label.map(({ value }) => value).join('')

/** The text with its hints written into it, as an editor shows it. */
function written({ view, text }: Marked, hints: readonly InlayHint[]): string {
  const lines = view.lines(view.analysis.uri)
  return [...hints]
    .sort((a, b) => lines.offset(b.position) - lines.offset(a.position))
    .reduce((shown, hint) => {
      const at = lines.offset(hint.position)
      const [left, right] = [hint.paddingLeft ? ' ' : '', hint.paddingRight ? ' ' : '']
      return `${shown.slice(0, at)}${left}‹${labelOf(hint)}›${right}${shown.slice(at)}`
    }, text)
}

function hinted(sources: Sources, options: Options = {}): string {
  const shown = viewed(sources)
  return written(shown, ask(shown, options).hints)
}

/** The statements of a network with their hints. */
function ofNetwork(statements: string, options: Options = {}): string {
  const text = hinted(`network N {\n  input i: [3, 8, 8]\n  ${statements}\n}\n`, options)
  return text.split('\n').slice(2, -2).join('\n').trim()
}

describe('shapes', () => {
  test('stand at the end of each line of a flow', () => {
    expect(
      ofNetwork(`y = i -> conv(8, 3) -> relu
  z = y
    -> conv(16, 3, stride=2) as a -> relu  # halves
    -> conv(
      4,
      1,
    )
  output o = add(z, z)`),
    ).toBe(`y = i -> conv(8, 3) -> relu ‹→ 8×6×6›
  z = y
    -> conv(16, 3, stride=2) as a -> relu ‹→ 16×2×2›  # halves
    -> conv(
      4,
      1,
    ) ‹→ 4×2×2›
  output o = add(z, z) ‹→ 4×2×2›`)
  })

  test('are that of the outermost where several end on a line', () => {
    expect(ofNetwork('y = concat(i -> conv(4, 1), i -> conv(5, 1)) -> relu')).toMatch(/‹→ 9×8×8›$/)
    expect(
      ofNetwork(`y = concat(
    i -> conv(4, 1),
    i -> conv(5, 1) -> relu,
  )`),
    ).toBe(`y = concat(
    i -> conv(4, 1), ‹→ 4×8×8›
    i -> conv(5, 1) -> relu, ‹→ 5×8×8›
  ) ‹→ 9×8×8›`)
  })

  test('are all of those that a layer gives', () => {
    expect(ofNetwork('a, b, c = i -> split(3)')).toMatch(/‹→ 3 tensors of 1×8×8›$/)
    expect(ofNetwork('a, b = i -> split([1, 2])')).toMatch(/‹→ \[1×8×8, 2×8×8\]›$/)
    expect(ofNetwork('y = i -> conv(1500, 1) -> split([100, 200, 300, 400, 500])')).toMatch(
      /‹→ 5 tensors: 100×8×8 … 500×8×8›$/,
    )
  })

  test('are those of all runs, as far as there is room', () => {
    const block = (count: number) => `
      block unit(x: tensor, width) {
        return x -> conv(width, 3, padding=1) -> relu
      }
      network N {
        input i: [3, 8, 8]
        y = i${Array.from({ length: count }, (_, i) => ` -> unit(${i + 10})`).join('')}
      }
    `
    expect(hinted(block(2))).toContain('relu ‹→ 10×8×8 | 11×8×8›\n')
    expect(hinted(block(9))).toContain('relu ‹→ 9 shapes: 10×8×8 … 18×8×8›\n')
    const repeated = ofNetwork('y = i -> 3 * conv(8, 3)')
    expect(repeated).toMatch(/‹→ 8×2×2›$/)
    expect(ofNetwork('for c in [4, 5] {\n    y = i -> conv(c, 1)\n  }')).toContain(
      'conv(c, 1) ‹→ 4×8×8 | 5×8×8›',
    )
    expect(ofNetwork('y = [i -> conv(c, 1) for c in [4, 5]]')).toMatch(/‹→ 4×8×8 \| 5×8×8›$/)
  })

  test('tell the tensors of a list from those of several runs', () => {
    const loop = (sizes: string) =>
      ofNetwork(`for c in ${sizes} {\n    a, b = i -> conv(c, 1) -> split([1, c - 1])\n  }`)
    expect(loop('[4, 5]')).toContain('‹→ [1×8×8, 3×8×8] | [1×8×8, 4×8×8]›')
    expect(loop('[4, 5, 6]')).toContain('‹→ 3 lists of tensors›')
  })

  test('are shown for a repetition that does nothing', () => {
    expect(ofNetwork('y = i -> 0 * conv(8, 3)')).toMatch(/‹→ 3×8×8›$/)
  })

  test('come from the files that apply a block', () => {
    const main = 'from "./b.cnn" import b\nnetwork N {\n  input i: [3, 8, 8]\n  y = i -> b(4)\n}\n'
    const text = 'block b(x: tensor, n) {\n  return x -> conv(n, 1)\n}\n'
    expect(hinted({ 'b.cnn': text, 'main.cnn': main })).toContain('conv(n, 1) ‹→ 4×8×8›')
    expect(hinted(text)).not.toContain('‹')
  })

  test('are not shown for a size that is written out with what its axes are', () => {
    const text = 'network N {\n  input i: rows([4, 8])\n  input j: signal(1x9)\n}\n'
    expect(hinted(text)).toBe(text)
    const named = 'STEPS = 4\nnetwork N {\n  input i: rows([STEPS, 8])HINT\n}\n'
    expect(hinted(named.replace('HINT', ''))).toBe(named.replace('HINT', ' ‹→ 4×8›'))
  })

  test('are shown for an input whose size is not written out', () => {
    expect(
      hinted('SIZE = [3, 4, 4]\nnetwork N {\n  input i: SIZE\n  input j: [3, 2, 2]\n  input k: 3x5x5\n}\n'),
    ).toBe(
      'SIZE = [3, 4, 4]\nnetwork N {\n  input i: SIZE ‹→ 3×4×4›\n  input j: [3, 2, 2]\n  input k: 3x5x5\n}\n',
    )
  })

  test('are not shown for layers that wait, numbers and expectations', () => {
    expect(
      ofNetwork('act = conv(8, 3) -> relu\n  n = max(3, 4)\n  expect (i -> relu).channels == 3'),
    ).not.toContain('‹')
  })

  test('stand before a mark where the mistake is as far as they are certain, and behind it', () => {
    expect(ofNetwork('y = i -> conv(8, 9)\n  z = y -> relu\n  output o = i -> relu')).toBe(
      'y = i -> conv(8, 9) ‹→ 8×?×?, ✗›\n  z = y -> relu ‹→ 8×?×?›\n  output o = i -> relu ‹→ 3×8×8›',
    )
    expect(ofNetwork('y = i\n    -> conv(8, 3)\n    -> rellu\n    -> relu')).toBe(
      'y = i\n    -> conv(8, 3) ‹→ 8×6×6›\n    -> rellu ‹→ ✗›\n    -> relu',
    )
  })

  test('mark a mistake once, where it is', () => {
    expect(ofNetwork('y = concat(\n    i -> conv(8, 3),\n    i -> conv(8, 9),\n  ) -> relu')).toBe(
      'y = concat(\n    i -> conv(8, 3), ‹→ 8×6×6›\n    i -> conv(8, 9), ‹→ 8×?×?, ✗›\n  ) -> relu ‹→ 16×6×6 ?›',
    )
  })

  test('stand beside the mark where only some runs fail', () => {
    const text = `
      block unit(x: tensor, kernel) {
        return x -> conv(4, kernel)
      }
      network N {
        input i: [3, 8, 8]
        a = i -> unit(3)
        b = i -> unit(9)
      }
    `
    expect(hinted(text)).toContain('conv(4, kernel) ‹→ 4×6×6 | 4×?×?, ✗›')
  })

  test('name the axes that the line changed, when asked', () => {
    const changed = (statement: string) => ofNetwork(statement, { changedAxes: true })
    expect(changed('y = i -> conv(8, 3) -> relu')).toMatch(/‹→ 8×6×6 \(channels, height, width\)›$/)
    expect(changed('y = i -> conv(8, [1, 3])')).toMatch(/‹→ 8×8×6 \(channels, width\)›$/)
    expect(changed('y = i -> relu')).toMatch(/‹→ 3×8×8›$/)
    expect(changed('y = i -> flatten -> linear(3)')).toMatch(/‹→ 3›$/)
    expect(changed('y = i -> flatten\n    -> linear(3)')).toMatch(/‹→ 3 \(features\)›$/)
  })

  test('can be switched off, and on the edited line alone', () => {
    expect(ofNetwork('y = i -> relu', { shapes: false })).toBe('y = i -> relu')
    const hidden = { hideOnEditedLine: true, editedLine: 2 }
    expect(ofNetwork('y = i -> relu\n  z = i -> relu', hidden)).toBe(
      'y = i -> relu\n  z = i -> relu ‹→ 3×8×8›',
    )
  })

  test('are those of the range that is asked for', () => {
    const shown = viewed(
      'network N {\n  input i: [3, 8, 8]\n  a = i -> relu\n  b = i -> relu\n  c = i -> relu\n}\n',
    )
    const start = shown.text.indexOf('b =')
    const range = { start, end: start + 3 }
    expect(inlayHints(shown.view, { range, settings: DEFAULT_SETTINGS.inlayHints }).hints).toEqual([])
    const line = { start, end: start + 'b = i -> relu'.length }
    const { hints } = inlayHints(shown.view, { range: line, settings: DEFAULT_SETTINGS.inlayHints })
    expect(hints.map(({ position }) => position.line)).toEqual([3])
  })
})

describe('while a line is half written', () => {
  const TEXT = 'network N {\n  input i: [3, 8, 8]\n  a = i -> conv(8, 3)\n  b = a -> relu  # b\n}\n'
  const edited = (text: string, whole = TEXT) => {
    const { remembered } = ask(viewed(whole))
    const shown = viewed(text)
    const answer = ask(shown, { before: remembered })
    return { shown: written(shown, answer.hints), remembered: answer.remembered }
  }

  test.each([
    ['a call that is not closed', 'a = i -> conv(8, 3) -> conv(16', ''],
    ['a name that is not written to its end', 'a = i -> conv(8, 3) -> rel', ''],
    ['an option that is missing', 'a = i -> conv(8)', ' ‹→ 8×?×?›'],
    ['an arrow without a stage', 'a = i -> conv(8, 3) ->', ''],
  ])('%s leaves the hints below as they were', (_, line, certain) => {
    const { shown } = edited(TEXT.replace('a = i -> conv(8, 3)', line))
    expect(shown).toContain('b = a -> relu ‹→ 8×6×6›  # b')
    // Without knowing the text before there is nothing to show, but for what is certain.
    expect(hinted(TEXT.replace('a = i -> conv(8, 3)', line))).toContain(`b = a -> relu${certain}  # b`)
  })

  test('a new line above moves them along', () => {
    const { shown } = edited(TEXT.replace('  b =', '  n = (\n  b ='))
    expect(shown).not.toContain('relu ‹→ ✗›')
    const moved = edited(TEXT.replace('a = i ->', 'x = 3\n  a = i -> re ->'))
    expect(moved.shown).toContain('b = a -> relu ‹→ 8×6×6›')
  })

  test('a mistake in a text that is whole leaves what is certain', () => {
    expect(edited(TEXT.replace('conv(8, 3)', 'conv(8, 9)')).shown).toContain(
      'conv(8, 9) ‹→ 8×?×?, ✗›\n  b = a -> relu ‹→ 8×?×?›  # b',
    )
  })

  test('behind an arrow the line keeps what it came to, where it stood', () => {
    expect(ofNetwork('b = i -> maxpool(2) -> ')).toBe('b = i -> maxpool(2) ‹→ 3×4×4› ->')
    expect(ofNetwork('b = i -> maxpool(2) ->  # more')).toBe('b = i -> maxpool(2) ‹→ 3×4×4› ->  # more')
  })

  test('the line that is written has no mark, and keeps the shape of the stage before', () => {
    const options = { editedLine: 2 }
    expect(ofNetwork('b = i -> maxpool(2) -> conc', options)).toBe('b = i -> maxpool(2) ‹→ 3×4×4› -> conc')
    expect(ofNetwork('b = i -> conv(', options)).toBe('b = i -> conv(')
    expect(ofNetwork('b = i -> conv(', { editedLine: 1 })).toBe('b = i -> conv( ‹→ ?×?×?, ✗›')
  })

  test('nothing is kept of a line that was left broken', () => {
    const left = TEXT.replace('conv(8, 3)', 'convv(8, 3)')
    const first = edited(left)
    expect(first.shown).toContain('b = a -> relu ‹→ 8×6×6›')
    const elsewhere = viewed(left.replace('# b\n', '# b\n  c = i -> conv(\n'))
    const second = ask(elsewhere, { before: first.remembered, editedLine: 4 })
    expect(written(elsewhere, second.hints)).toContain('b = a -> relu  # b')
    const back = ask(viewed(left), { before: second.remembered, editedLine: 4 })
    expect(written(viewed(left), back.hints)).toContain('b = a -> relu  # b')
  })

  test('what is known is shown anew, and the text before is remembered until all is whole', () => {
    const half = edited(TEXT.replace('a = i -> conv(8, 3)', 'a = i -> conv(16'))
    expect(half.remembered.text).toBe(TEXT)
    const whole = viewed(TEXT.replace('8, 3)', '16, 3)'))
    const answer = ask(whole, { before: half.remembered })
    expect(written(whole, answer.hints)).toContain('b = a -> relu ‹→ 16×6×6›')
    expect(answer.remembered.text).toBe(whole.text)
  })
})

describe('option names', () => {
  const names = (statements: string) => ofNetwork(statements, { shapes: false, optionNames: true })

  test('stand before what is given by its place', () => {
    expect(names('y = i -> conv(8, 3, stride=2)')).toBe('y = i -> conv(‹channels:› 8, ‹kernel:› 3, stride=2)')
    expect(names('y = concat(i, i, axis=0)')).toBe('y = concat(i, i, axis=0)')
    expect(names('wide = conv(8)\n  y = i -> wide(3)')).toBe(
      'wide = conv(‹channels:› 8)\n  y = i -> wide(‹kernel:› 3)',
    )
  })

  test('are left out where the argument says them', () => {
    expect(names('kernel = 3\n  y = i -> conv(i.channels, kernel)')).toBe(
      'kernel = 3\n  y = i -> conv(i.channels, kernel)',
    )
  })

  test('are those of a block', () => {
    const text =
      'block b(x: tensor, width) { return x -> conv(width, 1) }\nnetwork N {\n  input i: [3, 8, 8]\n  y = i -> b(4)\n}\n'
    expect(hinted(text, { shapes: false, optionNames: true })).toContain('b(‹width:› 4)')
  })
})

describe('a hint that is pointed at', () => {
  const TEXT =
    'network N {\n  input i: [3, 8, 8]\n  a = i -> conv(8, 3) -> relu\n  b = a\n    -> 2 * relu\n  c = i -> relu\n}\n'

  function resolved(text: string, line: number, options: Options = {}) {
    const shown = viewed(text)
    const hint = ask(shown, options).hints.find(({ position }) => position.line === line)
    if (hint === undefined) throw new Error('There is no hint.')
    const { label, tooltip } = resolveInlayHint(shown.view, hint, DEFAULT_SETTINGS.hover)
    const lines = shown.view.lines(shown.view.analysis.uri)
    const places = typeof label === 'string' ? [] : label
    return {
      tooltip: (tooltip as MarkupContent | undefined)?.value,
      leads: places.map(
        ({ location }) =>
          location && shown.text.slice(lines.offset(location.range.start), lines.offset(location.range.end)),
      ),
    }
  }

  test('shows what a hover shows', () => {
    expect(resolved(TEXT, 2).tooltip).toMatch(/^\*\*8×6×6 → 8×6×6\*\*/)
    expect(resolved(TEXT, 4).tooltip).toMatch(/^\*\*8×6×6 → 8×6×6\*\*/)
    const names = { shapes: false, optionNames: true }
    expect(resolved(TEXT, 2, names).tooltip).toMatch(/`conv.channels` = `8`/)
  })

  test('leads to what decided the shape', () => {
    expect(resolved(TEXT, 2).leads).toEqual(['conv'])
    expect(resolved(TEXT, 4).leads).toEqual(['conv'])
    expect(resolved(TEXT, 5).leads).toEqual(['i'])
  })
})
