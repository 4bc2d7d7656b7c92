import { parse } from './parse'
import type { SourceFile } from './tree'

/** What one import statement says. */
export interface ImportText {
  /** As it is written, without its quotes. */
  readonly path: string
  /** The names as the other file declares them. */
  readonly names: readonly string[]
}

/** Where an import begins, and what comes after one that does not belong to it. */
const IMPORT = /^[^\S\r\n]*from\b/gm
const NEXT = /^[^\S\r\n]*(?:from\b|block\b|network\b|[\p{L}_][\p{L}\p{N}_]*[^\S\r\n]*=)/gmu

/**
 * The imports of a text. Only their own lines are parsed, so that many files can be read to know which of them
 * import which; a text without imports costs a search.
 */
export function importsIn(text: string): readonly ImportText[] {
  const lines = [...text.matchAll(IMPORT)].map(({ index }) => {
    NEXT.lastIndex = index + 1
    const next = NEXT.exec(text)
    return text.slice(index, next?.index)
  })
  return lines.length === 0 ? [] : importsOf(parse(lines.join('\n')))
}

/** The imports of a text that has been parsed. */
export function importsOf({ items }: SourceFile): readonly ImportText[] {
  return items.flatMap((item) =>
    item.kind !== 'import' || item.path.value === ''
      ? []
      : [{ path: item.path.value, names: item.names.map(({ name }) => name.name) }],
  )
}
