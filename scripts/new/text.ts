/** Names and lists as the scaffolds write them. */

/** A text that says what is to be written in its place: a test lists those that are left. */
export const TO_FILL_IN = 'TO FILL IN'

/** `drop_path`, `drop-path` → `dropPath`. */
export function camelCase(name: string): string {
  return name.replace(/[_-](.)/g, (_, letter: string) => letter.toUpperCase())
}

/** `dropPath` → `drop_path`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/**
 * A file of imports and one list, with an import and an entry more. The entry comes before the first that is to
 * come behind it; where the import goes does not matter, since the formatter sorts imports.
 */
export function withEntry(
  text: string,
  {
    list,
    entry,
    from,
    key,
  }: {
    /** The name of the list. */
    readonly list: string
    readonly entry: string
    /** The module that exports the entry. */
    readonly from: string
    /** What the list is sorted by. */
    readonly key: (entry: string) => string
  },
): string {
  const found = new RegExp(`^(export const ${list}\\b.* = \\[\\n)((?:  \\w+,\\n)*)\\]`, 'm').exec(text)
  if (found === null) throw new Error(`There is no list ${list}, one entry a line`)
  const [, head = '', lines = ''] = found
  const entries = [...lines.matchAll(/\w+/g)].map(([each]) => each)
  const at = entries.findIndex((each) => key(each) > key(entry))
  const sorted = entries.toSpliced(at < 0 ? entries.length : at, 0, entry)
  const start = found.index + head.length
  const changed =
    text.slice(0, start) + sorted.map((each) => `  ${each},\n`).join('') + text.slice(start + lines.length)
  const lastImport = changed.lastIndexOf('\nimport ') + 1
  return `${changed.slice(0, lastImport)}import { ${entry} } from '${from}'\n${changed.slice(lastImport)}`
}

/** The text with a line more inside the object or list that a line opens, right below that line. */
export function withLineBelow(text: string, opening: string, line: string): string {
  const at = text.indexOf(opening)
  if (at < 0) throw new Error(`There is no line ${opening}`)
  const end = at + opening.length
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`
}
