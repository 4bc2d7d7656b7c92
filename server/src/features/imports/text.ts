/** How imports are written. */
import type { Import, Range, SourceFile } from '../../../../grammar/tree'

/** `unit`, or `unit as u`. */
export interface Named {
  readonly name: string
  readonly alias?: string | undefined
}

export function importText(path: string, names: readonly Named[]): string {
  const list = names.map(({ name, alias }) => (alias === undefined ? name : `${name} as ${alias}`))
  return `from ${quotedPath(path)} import ${list.join(', ')}`
}

/** A path as a string of the language. */
export function quotedPath(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`
}

export function namesOf({ names }: Import): readonly Named[] {
  return names.map(({ name, alias }) => ({ name: name.name, alias: alias?.name }))
}

export function importsIn({ items }: SourceFile): readonly Import[] {
  return items.filter((item) => item.kind === 'import')
}

/**
 * The path by which the file `from` imports the file `to`: relative, with the other address's escapes undone.
 * Undefined where no relative path leads there.
 */
export function relativePath(from: string, to: string): string | undefined {
  const [root, other] = [rootOf(from), rootOf(to)]
  if (root !== other) return undefined
  const folder = from.slice(root.length).split('/').slice(0, -1)
  const parts = to.slice(root.length).split('/')
  let shared = 0
  while (shared < folder.length && shared < parts.length - 1 && folder[shared] === parts[shared]) shared++
  const up = folder.slice(shared).map(() => '..')
  const down = parts.slice(shared).map(unescaped)
  return (up.length > 0 ? [...up, ...down] : ['.', ...down]).join('/')
}

/** The scheme and host of an address; empty for a plain path. */
function rootOf(file: string): string {
  return /^[a-z][a-z\d+.-]*:(?:\/\/[^/]*)?/i.exec(file)?.[0] ?? ''
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Whether a text is at fault somewhere in a range. */
export function isFaulty({ problems }: SourceFile, { start, end }: Range): boolean {
  return problems.some((problem) => problem.start <= end && start <= problem.end)
}

/** The line end that a text has. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}
