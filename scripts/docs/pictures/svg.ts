/** Pieces of drawings that are put beside each other, and the SVG that they become. */

/** Drawn from its own upper left corner. */
export interface Piece {
  readonly width: number
  readonly height: number
  readonly body: string
}

/** How a cell is filled: `a` to `d` are colours, `pad` is dashed and empty. */
export type Fill = 'cell' | 'a' | 'b' | 'c' | 'd' | 'pad'

export interface Cell {
  readonly fill?: Fill
  readonly text?: string | number
}

const STYLE = `
rect, path, line, circle { stroke: #57606a }
text { font: 13px sans-serif; fill: #1f2328; text-anchor: middle }
.title { font-weight: 600 }
.small { font-size: 11px } .start { text-anchor: start }
.cell { fill: #f6f8fa } .a { fill: #80ccff } .b { fill: #ffc680 } .c { fill: #aceebb } .d { fill: #ffadda }
.pad, .frame { fill: none } .pad { stroke-dasharray: 3 2 }
.frame { stroke: #cf222e; stroke-width: 2.5 }
.curve { fill: none; stroke: #0969da; stroke-width: 2.5 }
.point { fill: #cf222e; stroke: none }
.axis, .link { fill: none; stroke-width: 1.2 }
@media (prefers-color-scheme: dark) {
  rect, path, line, circle { stroke: #8b949e }
  text { fill: #e6edf3 }
  .cell { fill: #21262d } .a { fill: #1158a8 } .b { fill: #8a4d00 } .c { fill: #196c2e } .d { fill: #8c2a63 }
  .frame { stroke: #ff7b72 } .curve { stroke: #58a6ff } .point { fill: #ff7b72 }
}
`

const MARGIN = 8

/** A whole picture; the caption is its title. */
export function drawing({ width, height, body }: Piece, caption: string): string {
  const [w, h] = [width + 2 * MARGIN, height + 2 * MARGIN].map(short)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img">`,
    `<title>${escaped(caption)}</title><style>${STYLE}</style>`,
    moved(body, MARGIN, MARGIN),
    '</svg>\n',
  ].join('\n')
}

const SIZE = 22

/** Rows of square cells; an absent cell stays empty. */
export function grid(rows: readonly (readonly (Cell | undefined)[])[], size = SIZE): Piece {
  const cells = rows.flatMap((row, y) =>
    row.flatMap((cell, x) => {
      if (cell === undefined) return []
      const { fill = 'cell', text } = cell
      const square = `<rect class="${fill}" x="${x * size}" y="${y * size}" width="${size}" height="${size}"/>`
      return text === undefined
        ? [square]
        : [square, written(String(text), (x + 0.5) * size, (y + 0.5) * size, 'small')]
    }),
  )
  const columns = Math.max(...rows.map(({ length }) => length))
  return { width: columns * size, height: rows.length * size, body: cells.join('\n') }
}

/** A square map whose cells are made from their column and row. */
export function map(side: number, cellAt: (x: number, y: number) => Cell, size = SIZE): Piece {
  const places = [...Array(side).keys()]
  return grid(
    places.map((y) => places.map((x) => cellAt(x, y))),
    size,
  )
}

export function written(text: string, x: number, y: number, style = ''): string {
  const named = style === '' ? '' : ` class="${style}"`
  return `<text${named} x="${short(x)}" y="${short(y)}" dy="0.35em">${escaped(text)}</text>`
}

/** An arrow to the right, with words above it. */
export function arrow(label = ''): Piece {
  const width = Math.max(34, textWidth(label))
  const line = `<path class="axis" d="M2 20H${width - 4}m-6 -5l6 5l-6 5"/>`
  return { width, height: 40, body: `${label === '' ? '' : written(label, width / 2, 6, 'small')}${line}` }
}

/** A line of words by itself. */
export function words(text: string, style = ''): Piece {
  const width = textWidth(text)
  return { width, height: 20, body: written(text, width / 2, 10, style) }
}

/** Roughly: letters are not measured here. */
function textWidth(text: string): number {
  return 7.2 * text.length
}

export function beside(...pieces: readonly Piece[]): Piece {
  return row(pieces, 12)
}

/** Parts of a picture that show different things. */
export function apart(...pieces: readonly Piece[]): Piece {
  return row(pieces, 40)
}

function row(pieces: readonly Piece[], gap: number): Piece {
  const height = Math.max(...pieces.map((piece) => piece.height))
  let x = 0
  const bodies = pieces.map((piece) => {
    const body = moved(piece.body, x, (height - piece.height) / 2)
    x += piece.width + gap
    return body
  })
  return { width: x - gap, height, body: bodies.join('\n') }
}

/** Below each other, centred. */
export function stacked(gap: number, ...pieces: readonly Piece[]): Piece {
  const width = Math.max(...pieces.map((piece) => piece.width))
  let y = 0
  const bodies = pieces.map((piece) => {
    const body = moved(piece.body, (width - piece.width) / 2, y)
    y += piece.height + gap
    return body
  })
  return { width, height: y - gap, body: bodies.join('\n') }
}

export function titled(title: string, piece: Piece): Piece {
  return stacked(6, words(title, 'title'), piece)
}

/** Drawn over a piece, in its coordinates. */
export function over(piece: Piece, ...bodies: readonly string[]): Piece {
  return { ...piece, body: [piece.body, ...bodies].join('\n') }
}

export function frame(x: number, y: number, width: number, height: number): string {
  return `<rect class="frame" x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"/>`
}

function moved(body: string, x: number, y: number): string {
  return `<g transform="translate(${short(x)} ${short(y)})">\n${body}\n</g>`
}

/** Two decimals at most, the same on every machine. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
