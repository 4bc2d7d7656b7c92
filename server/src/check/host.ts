import { parse } from '../../../grammar/parse'
import type { SourceFile } from '../../../grammar/tree'
import type { Host } from './analysis'

/**
 * A host over a function that reads texts. A tree is kept as long as its text stays the same, so that an
 * analysis parses only what has changed.
 */
export function textHost(read: (uri: string) => string | undefined, resolve = resolvePath): Host {
  const trees = new Map<string, SourceFile>()
  return {
    file(uri) {
      const text = read(uri)
      if (text === undefined) {
        trees.delete(uri)
        return undefined
      }
      const known = trees.get(uri)
      if (known?.text === text) return known
      const tree = parse(text)
      trees.set(uri, tree)
      return tree
    },
    resolve,
  }
}

/** A host over texts in memory. */
export function memoryHost(files: Readonly<Record<string, string>>): Host {
  return textHost((uri) => files[uri])
}

/** Resolves `path` against the folder of `from`; both are URIs or slash-separated paths. */
export function resolvePath(from: string, path: string): string {
  const root = /^(?:[a-z][a-z\d+.-]*:\/\/[^/]*)?\/?/i.exec(from)?.[0] ?? ''
  if (path.startsWith('/')) return root.replace(/\/?$/, '') + path
  const parts = from.slice(root.length).split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return root + parts.join('/')
}
