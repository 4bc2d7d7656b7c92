import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { IGrammar } from 'vscode-textmate'
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
