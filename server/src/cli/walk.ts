/** Looks for files of networks in folders. */
import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { reason } from './files'
import { gitIgnoresIn } from './gitignore'
import { isNetworkFile, tidyPath, toSlashes } from './path-names'

export interface Walked {
  readonly files: readonly string[]
  /** What cannot be looked at. */
  readonly unreadable: readonly Unreadable[]
  /** Whether something was left out because git ignores it. */
  readonly ignores: boolean
}

export interface Unreadable {
  readonly path: string
  /** In words. */
  readonly why: string
}

export interface WalkRules {
  /** Whether a path from the folder on, with slashes, is meant. */
  readonly accepts: (path: string) => boolean
  /** Whether names that begin with a dot are looked at. */
  readonly dotted: boolean
  /** Links to folders are followed above this depth only: one that is met by chance might lead in a circle. */
  readonly followedDepth: number
}

export const EVERYTHING: WalkRules = { accepts: () => true, dotted: false, followedDepth: 0 }

/**
 * The files of networks in a folder and below it that the rules accept, sorted. What git ignores is left out,
 * and `node_modules`.
 */
export function walk(folder: string, { accepts, dotted, followedDepth }: WalkRules): Walked {
  const isIgnored = gitIgnoresIn(folder)
  const files: string[] = []
  const unreadable: Unreadable[] = []
  let ignores = isIgnored(folder, 'folder')

  const isMeant = (path: string) => isNetworkFile(path) && accepts(toSlashes(relative(folder, path)))
  const leaveOut = (path: string, why: string) => void unreadable.push({ path: tidyPath(path), why })

  const enter = (at: string, depth: number) => {
    for (const entry of attempt(() => readdirSync(at, { withFileTypes: true }), leaveOut, at) ?? []) {
      if (entry.name === 'node_modules' || (!dotted && entry.name.startsWith('.'))) continue
      const path = join(at, entry.name)
      const isLink = entry.isSymbolicLink()
      const onFault = isMeant(path) ? leaveOut : () => {}
      const target = isLink ? attempt(() => statSync(path), onFault, path) : entry
      const kind = target && kindOf(target)
      if (kind === 'folder' ? isLink && depth >= followedDepth : !isMeant(path)) continue
      if (kind !== undefined && isIgnored(path, kind === 'folder' ? 'folder' : 'file')) ignores = true
      else if (kind === 'folder') enter(path, depth + 1)
      else if (kind === 'file') files.push(tidyPath(path))
      else if (kind === 'other') leaveOut(path, 'it is no regular file')
    }
  }
  if (!ignores) enter(folder, 0)
  return { files: files.sort(byText), unreadable, ignores }
}

function kindOf(entry: Dirent | Stats): 'file' | 'folder' | 'other' {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other'
}

function attempt<T>(
  look: () => T,
  onFault: (path: string, why: string) => void,
  path: string,
): T | undefined {
  try {
    return look()
  } catch (error) {
    onFault(path, reason(error))
    return undefined
  }
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
