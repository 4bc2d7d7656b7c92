/** What git is told to leave out: `.gitignore` files and `.git/info/exclude`. */
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import createIgnore, { type Ignore } from 'ignore'
import { readFound } from './files'
import { isBelow, toSlashes } from './path-names'

/** Whether git ignores a path. What stands in an ignored folder is ignored too. */
export type GitIgnores = (path: string, kind: 'file' | 'folder') => boolean

/**
 * What is ignored in a folder and below it. The `.gitignore` files in it and in the folders above count, up to
 * the top of the repository; outside of repositories up to the current folder.
 */
export function gitIgnoresIn(folder: string): GitIgnores {
  const start = resolve(folder)
  const top = topOf(start)
  const rules = new Map<string, Ignore | undefined>()
  const known = new Map<string, boolean>([[top, false]])

  const rulesOf = (at: string) => {
    if (!rules.has(at)) rules.set(at, readRules(at))
    return rules.get(at)
  }
  const isIgnored = (path: string, kind: 'file' | 'folder'): boolean => {
    const parent = dirname(path)
    if (!isBelow(path, top)) return false
    const above = known.get(parent) ?? isIgnored(parent, 'folder')
    known.set(parent, above)
    return above || decided(path, kind)
  }
  /** The rules that stand nearest to the path decide, if they name it. */
  const decided = (path: string, kind: 'file' | 'folder'): boolean => {
    for (let at = dirname(path); ; at = dirname(at)) {
      const name = toSlashes(relative(at, path)) + (kind === 'folder' ? '/' : '')
      const { ignored = false, unignored = false } = rulesOf(at)?.test(name) ?? {}
      if (ignored || unignored) return ignored
      if (at === top) return false
    }
  }
  return (path, kind) => isIgnored(resolve(path), kind)
}

/** The top of the repository that a folder is in; without one the current folder, or the folder itself. */
function topOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (at === dirname(at)) break
  }
  const current = process.cwd()
  return folder === current || isBelow(folder, current) ? current : folder
}

function readRules(folder: string): Ignore | undefined {
  const texts = ['.git/info/exclude', '.gitignore'].flatMap((name) => readIfThere(join(folder, name)) ?? [])
  if (texts.length === 0) return undefined
  return createIgnore({ ignorecase: false }).add(texts.join('\n'))
}

function readIfThere(path: string): string | undefined {
  try {
    return readFound(path)
  } catch {
    return undefined
  }
}
