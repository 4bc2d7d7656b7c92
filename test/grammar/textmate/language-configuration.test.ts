import { describe, expect, test } from 'vitest'
import configuration from '../../../grammar/language-configuration.json'

const { indentationRules, onEnterRules, folding, wordPattern } = configuration
const word = new RegExp(wordPattern.pattern, wordPattern.flags)
const increase = new RegExp(indentationRules.increaseIndentPattern)
const decrease = new RegExp(indentationRules.decreaseIndentPattern)

/** What VS Code does when Enter is pressed at the end of `before`: the first rule that matches decides. */
function onEnter(before: string, previousLine = ''): object | undefined {
  return onEnterRules.find(
    (rule) =>
      new RegExp(rule.beforeText).test(before) &&
      (rule.previousLineText === undefined || new RegExp(rule.previousLineText).test(previousLine)),
  )?.action
}

describe('words', () => {
  test.each([
    ['größe_2 -> conv(64)', ['größe_2', 'conv', '64']],
    ['input image: 3x224x224', ['input', 'image', '3x224x224']],
    ['x.shape == 25_557_032', ['x', 'shape', '25_557_032']],
    ['a ~= 4.1G, 1e-3', ['a', '4.1G', '1e', '3']],
    ['_x3(padding=half)', ['_x3', 'padding', 'half']],
  ])('%s', (text, words) => {
    expect(text.match(new RegExp(word, 'gu'))).toEqual(words)
  })

  test('the pattern never matches nothing, or VS Code ignores it', () => {
    expect(''.match(word)).toBeNull()
  })
})

describe('indentation', () => {
  test.each([
    'network N {',
    'block f(x: tensor) {          # comment with } in it',
    'y = concat([',
    'y = f(x,',
    'y = f("}",',
    '  } else {',
  ])('grows after %s', (line) => {
    expect(increase.test(line)).toBe(true)
  })

  test.each([
    '# network N {',
    'y = f(x)',
    's = "{"',
    'for x in xs { y = x }',
    'y = x  # see (1',
    '}',
    '    -> relu',
  ])('stays after %s', (line) => {
    expect(increase.test(line)).toBe(false)
  })

  test.each(['}', '  ]', '  )', '} else {'])('shrinks at %s', (line) => {
    expect(decrease.test(line)).toBe(true)
  })

  test.each(['y = [1]', '# }', ''])('does not shrink at %s', (line) => {
    expect(decrease.test(line)).toBe(false)
  })

  // A pattern that tries again from every place would not come back within the test's time.
  test('a long line of openers and spaces is judged', () => {
    expect(increase.test(`${'f( '.repeat(20_000)}${' '.repeat(20_000)})`)).toBe(false)
  })
})

describe('the Enter key', () => {
  test('continues a documentation comment', () => {
    expect(onEnter('  ## Residual unit')).toEqual({ indent: 'none', appendText: '## ' })
    expect(onEnter('  # Residual unit')).toBeUndefined()
    expect(onEnter('x = 3  ## not documentation')).toBeUndefined()
  })

  test('indents the stages of a flow once', () => {
    expect(onEnter('  y = x ->')).toEqual({ indent: 'indent' })
    expect(onEnter('    conv(3) ->', '  y = x ->')).toEqual({ indent: 'none' })
    expect(onEnter('  # see a ->')).toBeUndefined()
    expect(onEnter('    -> relu', '  y = x')).toBeUndefined()
  })

  test('leaves the flow on an empty line after a stage', () => {
    expect(onEnter('    ', '    -> relu')).toEqual({ indent: 'outdent' })
    expect(onEnter('    ', '  y = x')).toBeUndefined()
  })
})

describe('pairs', () => {
  test('every bracket closes itself and surrounds a selection', () => {
    const closing = configuration.autoClosingPairs.map(({ open, close }) => [open, close])
    expect(closing).toEqual(expect.arrayContaining(configuration.brackets))
    expect(configuration.surroundingPairs).toEqual(closing)
  })

  test('regions fold', () => {
    expect(new RegExp(folding.markers.start).test('  # region Encoder')).toBe(true)
    expect(new RegExp(folding.markers.end).test('# endregion')).toBe(true)
    expect(new RegExp(folding.markers.start).test('# regional pooling')).toBe(false)
  })
})
