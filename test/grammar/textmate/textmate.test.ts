import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { IGrammar } from 'vscode-textmate'
import { CONTEXTUAL, RESERVED } from '../../../grammar/tokens'
import { TYPE_NAMES } from '../../../grammar/tree'
import { FUNCTIONS } from '../../../server/src/check/language/functions'
import { LAYERS } from '../../../server/src/layers'
import { PADDING_NAMES } from '../../../server/src/model/layer'
import { loadGrammar, scopes, snapshot } from './snapshot'

const folder = new URL('./samples/', import.meta.url)
let grammar: IGrammar

beforeAll(async () => {
  grammar = await loadGrammar()
})

describe('snapshots', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.cnn'))
  test.each(files)('%s', async (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8').trimEnd()
    await expect(`${snapshot(grammar, text)}\n`).toMatchFileSnapshot(`./samples/${name}.scopes`)
  })
})

/** The innermost scope of the first piece that reads `piece`. */
function scopeOf(text: string, piece: string): string | undefined {
  return scopes(grammar, text)
    .flat()
    .find((part) => part.text.trim() === piece)
    ?.scopes.at(-1)
}

describe('a word means what its place makes it', () => {
  test.each([
    ['input image: 3x8x8', 'input', 'storage.type.input.cnn'],
    ['input = image', 'input', 'variable.other.definition.cnn'],
    ['y = x -> input', 'input', 'support.function.layer.cnn'],
    ['y = x.input', 'input', 'variable.other.property.cnn'],
    ['y = f(input=3)', 'input', 'variable.parameter.option.cnn'],
    ['y = f(for=3)', 'for', 'variable.parameter.option.cnn'],
    ['y = [r for r in xs]', 'for', 'keyword.control.loop.cnn'],
    ['block f(x: tensor) {', 'f', 'entity.name.function.block.cnn'],
    ['network N {', 'N', 'entity.name.function.network.cnn'],
    ['y = network', 'network', 'variable.other.readwrite.cnn'],
    ['x -> conv(3, padding=same)', 'same', 'support.constant.option.cnn'],
    ['same = 3', 'same', 'variable.other.definition.cnn'],
    ['x -> 3 * relu', 'relu', 'support.function.layer.cnn'],
    ['y = range(3)', 'range', 'support.function.builtin.cnn'],
    ['## words', 'words', 'comment.line.documentation.cnn'],
    ['# words', 'words', 'comment.line.number-sign.cnn'],
    ['# cnnlint-disable-next-line kernel-even', 'kernel-even', 'entity.other.attribute-name.rule.cnn'],
  ])('%s: %s is %s', (text, piece, scope) => {
    expect(scopeOf(text, piece)).toBe(scope)
  })
})

describe('a half-written line does not discolour the next', () => {
  test.each([
    'y = x -> conv(64,',
    'y = x -> concat([a, b',
    'y = x -> conv(64, padding=',
    's = "open',
    'y = x ->',
    'y = x ->  ',
    'y = 3 *',
    'block f(x: tensor, k=',
    'from "a.cnn" import',
  ])('%s', (line) => {
    const after = 'output result = z -> relu'
    const [, last] = scopes(grammar, `${line}\n${after}`)
    expect(last).toEqual(scopes(grammar, after)[0])
  })
})

describe('the lists of words agree with the language', () => {
  const source = readFileSync(new URL('../../../grammar/cnn.tmLanguage.json', import.meta.url), 'utf8')

  test('reserved words', () => {
    const lists = [...source.matchAll(/\(\?!\(\?:([a-z|]+)\)\\\\b\)/g)].map(([, list]) =>
      list?.split('|').sort(),
    )
    const reserved = lists.filter((list) => list?.includes('return'))
    expect(reserved.length).toBeGreaterThan(5)
    for (const list of reserved) expect(list).toEqual([...RESERVED.keys()].sort())
  })

  test.each([...CONTEXTUAL.keys()])('the contextual keyword %s', (word) => {
    const text = word === 'from' ? 'from "a"' : word === 'import' ? 'from "a" import b' : `${word} name`
    expect(scopeOf(text, word)).toMatch(/^(storage\.type|keyword\.control)\./)
  })

  test.each([...TYPE_NAMES])('the type %s', (name) => {
    expect(scopeOf(`block f(x: ${name}) {`, name)).toBe('support.type.cnn')
  })

  test.each(Object.keys(FUNCTIONS))('the function %s', (name) => {
    expect(scopeOf(`x = ${name}(1)`, name)).toBe('support.function.builtin.cnn')
  })

  const words = LAYERS.flatMap(({ options }) => Object.values(options)).flatMap(({ type }) =>
    type.kind === 'word' ? type.words : type.kind === 'padding' && type.named ? PADDING_NAMES : [],
  )
  test.each([...new Set(words)])('the word %s of an option', (word) => {
    expect(scopeOf(`x -> f(option=${word})`, word)).toBe('support.constant.option.cnn')
  })
})
