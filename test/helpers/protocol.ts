import { readFileSync } from 'node:fs'

/** A row of a table of the page on the protocol: its cells by the heads of their columns. */
export type ProtocolRow = Readonly<Record<string, string>>

/** The page that lists every message that the server knows. */
export const PROTOCOL_PAGE = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')

/** The rows of the table under a heading; cells in backticks lose them. */
export function protocolTable(heading: string): readonly ProtocolRow[] {
  const section = PROTOCOL_PAGE.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''
  const [head, , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')),
    )
  return rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [head?.[i] ?? '', cell])))
}

/** The requests that an editor sends while it shows documents, by their methods. */
export function featureRequests(): readonly string[] {
  const lifecycle = new Set(['initialize', 'shutdown'])
  return protocolTable('From the editor')
    .filter(({ Kind, Method = '' }) => Kind === 'request' && !lifecycle.has(Method))
    .map(({ Method = '' }) => Method)
}
