import { statSync } from 'node:fs'
import { join, normalize, sep } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'

const IGNORED = ['**/node_modules/**']

export interface FoundFiles {
  /** Slash-separated, without repetition; `-` stands for standard input. */
  readonly files: readonly string[]
  /** One message for every argument that names nothing. */
  readonly missing: readonly string[]
}

/**
 * The files that arguments name: files, folders (all `.cnn` files below, without `node_modules` and folders
 * that start with a dot) and glob patterns; the current folder when there are none.
 */
export async function findFiles(args: readonly string[]): Promise<FoundFiles> {
  const files = new Set<string>()
  const missing: string[] = []
  for (const arg of args.length === 0 ? ['.'] : args) {
    const { found, otherwise } = await filesOf(arg)
    if (found.length === 0) missing.push(otherwise)
    for (const file of found) files.add(file)
  }
  return { files: [...files], missing }
}

async function filesOf(arg: string): Promise<{ found: readonly string[]; otherwise: string }> {
  if (arg === '-') return { found: ['-'], otherwise: '' }
  const kind = kindOf(arg)
  if (kind === 'folder') {
    const below = await glob('**/*.cnn', { cwd: arg, ignore: IGNORED, followSymbolicLinks: false })
    return { found: tidy(below.map((path) => join(arg, path))), otherwise: `no .cnn file in '${arg}'` }
  }
  if (kind === 'file') return { found: tidy([arg]), otherwise: '' }
  const pattern = toSlashes(arg)
  if (!isDynamicPattern(pattern)) return { found: [], otherwise: `no file or folder is named '${arg}'` }
  const matched = await glob(pattern, { ignore: IGNORED, followSymbolicLinks: false })
  return { found: tidy(matched), otherwise: `no file matches '${arg}'` }
}

/** What cannot be looked at counts as a file: reading it tells why. */
function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats && (stats.isDirectory() ? 'folder' : 'file')
  } catch {
    return 'file'
  }
}

function tidy(paths: readonly string[]): string[] {
  return paths.map(tidyPath).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** One spelling a file: without `./` and `a/../`, with slashes; imports are resolved to the same spelling. */
export function tidyPath(path: string): string {
  return toSlashes(normalize(path))
}

function toSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
