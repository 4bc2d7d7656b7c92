import type { ClientCapabilities, PositionEncodingKind } from 'vscode-languageserver'
import { type LineIndex, lineIndex } from '../../../grammar/positions'

/** The units that columns are counted in on the wire. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32'

/** How many units a code point takes. */
const UNITS: Readonly<Record<Encoding, (codePoint: number) => number>> = {
  'utf-8': (codePoint) => (codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4),
  'utf-16': (codePoint) => (codePoint < 0x10000 ? 1 : 2),
  'utf-32': () => 1,
}

/** The first encoding that the client names and the server knows; UTF-16, which every client knows, otherwise. */
export function negotiateEncoding({ general }: ClientCapabilities): Encoding {
  return general?.positionEncodings?.find(isEncoding) ?? 'utf-16'
}

function isEncoding(kind: PositionEncodingKind): kind is Encoding {
  return kind in UNITS
}

/** A line index whose columns count the units of `encoding`. */
export function encodedLines(text: string, encoding: Encoding): LineIndex {
  const lines = lineIndex(text)
  if (encoding === 'utf-16') return lines
  return {
    ...lines,
    position(offset) {
      const { line, character } = lines.position(offset)
      const { start } = lines.line(line)
      return { line, character: countUnits(text.slice(start, start + character), encoding) }
    },
    offset({ line, character }) {
      const { start, end } = lines.line(line)
      return lines.offset({ line, character: decodeCharacter(text.slice(start, end), character, encoding) })
    },
  }
}

/** How many units a text takes. */
function countUnits(text: string, encoding: Encoding): number {
  let units = 0
  for (const character of text) units += UNITS[encoding](character.codePointAt(0) as number)
  return units
}

/** The UTF-16 column for a column in another encoding; one inside a character is taken as the character's start. */
export function decodeCharacter(line: string, character: number, encoding: Encoding): number {
  if (encoding === 'utf-16') return character
  let units = 0
  let column = 0
  for (const letter of line) {
    units += UNITS[encoding](letter.codePointAt(0) as number)
    if (units > character) break
    column += letter.length
  }
  return column
}
