import { describe, expect, test } from 'vitest'
import { newLayer } from '../../scripts/new/layer'
import { newRule } from '../../scripts/new/rule'
import { withEntry, withLineBelow } from '../../scripts/new/text'

describe('a new layer', () => {
  test.each([
    ['drop_row', undefined],
    ['conv4', undefined],
    [
      'DropRow',
      "'DropRow' is no name for a layer: small letters and digits, words joined by _, as in drop_path",
    ],
    [
      'drop-row',
      "'drop-row' is no name for a layer: small letters and digits, words joined by _, as in drop_path",
    ],
    ['', "'' is no name for a layer: small letters and digits, words joined by _, as in drop_path"],
    ['relu', "there is a layer 'relu' already"],
    ['spp', "'spp' leads to the layer 'spatial_pyramid_pool' already"],
    ['dense', "'dense' leads to the layer 'linear' already"],
    ['network', "'network' is a word of the language"],
    ['return', "'return' is a word of the language"],
    ['delete', "'delete' is a word of JavaScript, which no constant can have for its name"],
  ])('%j', (name, refused) => {
    expect(newLayer(name).refused).toBe(refused)
  })
})

describe('a new rule', () => {
  const shape = (code: string) =>
    `'${code}' is no code for a rule: two or more words of small letters, joined by -, that say what is found, as in dropout-on-output`

  test.each([
    ['row-dropped', undefined],
    ['row', shape('row')],
    ['row_dropped', shape('row_dropped')],
    ['Row-dropped', shape('Row-dropped')],
    ['unused-name', "a rule has the code 'unused-name' already"],
    ['window-exceeds-input', "an error has the code 'window-exceeds-input' already"],
    ['config-unknown-rule', "an error has the code 'config-unknown-rule' already"],
  ])('%j', (code, refused) => {
    expect(newRule(code).refused).toBe(refused)
  })
})

describe('lists', () => {
  const LIST =
    "import { a } from './a'\nimport { c } from './c'\n\nexport const ALL: readonly Each[] = [\n  a,\n  c,\n]\n"
  const entry = (name: string) => ({
    list: 'ALL',
    entry: name,
    from: `./${name}`,
    key: (each: string) => each,
  })

  test('get an entry where it belongs', () => {
    expect(withEntry(LIST, entry('b'))).toContain('= [\n  a,\n  b,\n  c,\n]\n')
    expect(withEntry(LIST, entry('d'))).toContain('= [\n  a,\n  c,\n  d,\n]\n')
    expect(withEntry(LIST, entry('b'))).toContain("import { b } from './b'\n")
  })

  test('that have another form are an error', () => {
    expect(() => withEntry('export const ALL = [a, c]\n', entry('b'))).toThrow('There is no list ALL')
    expect(() => withLineBelow('a = [\n', 'b = [', '  1,')).toThrow('There is no line b = [')
  })
})
