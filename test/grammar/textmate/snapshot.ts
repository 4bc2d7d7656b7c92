import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma'
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate'

const grammarPath = fileURLToPath(new URL('../../../grammar/cnn.tmLanguage.json', import.meta.url))

/** Loads the TextMate grammar as VS Code does, with the same tokenizer and the same regular expressions. */
export async function loadGrammar(): Promise<IGrammar> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm')
  await loadWASM(readFileSync(wasm))
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async () => parseRawGrammar(readFileSync(grammarPath, 'utf8'), grammarPath),
  })
  const grammar = await registry.loadGrammar('source.cnn')
  if (!grammar) throw new Error('The grammar file has no scope source.cnn.')
  return grammar
}

export interface ScopedText {
  readonly text: string
  /** The scopes from the outermost to the innermost, `source.cnn` left out. */
  readonly scopes: readonly string[]
}

/** The pieces of each line with their scopes. */
export function scopes(grammar: IGrammar, text: string): ScopedText[][] {
  let state = INITIAL
  return text.split('\n').map((line) => {
    const result = grammar.tokenizeLine(line, state)
    state = result.ruleStack
    return result.tokens.map((token) => ({
      text: line.slice(token.startIndex, token.endIndex),
      scopes: token.scopes.slice(1),
    }))
  })
}

/** Each line marked with `>`, below it one line for each piece that has a scope of its own. */
export function snapshot(grammar: IGrammar, text: string): string {
  const lines = text.split('\n')
  return scopes(grammar, text)
    .map((pieces, line) => {
      let column = 0
      const marks = pieces.map((piece) => {
        const mark = `${' '.repeat(column + 1)}${'^'.repeat(Math.max(1, piece.text.length))} ${piece.scopes.join(' ')}`
        column += piece.text.length
        return { mark, shown: piece.scopes.length > 0 && piece.text.trim() !== '' }
      })
      return [`>${lines[line]}`, ...marks.filter(({ shown }) => shown).map(({ mark }) => mark)].join('\n')
    })
    .join('\n')
}
