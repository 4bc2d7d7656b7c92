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
 * that start with a dot) and glob patterns; the current folder when there are none. What is ignored is left out
 * unless it is named itself.
 */
export async function findFiles(args: readonly string[], isIgnored: IsIgnored): Promise<FoundFiles> {
  const files = new Set<string>()
  const missing: string[] = []
  for (const arg of args.length === 0 ? ['.'] : args) {
    const { found, otherwise, named } = await filesOf(arg)
    const chosen = named ? found : await without(found, isIgnored)
    if (chosen.length === 0)
      missing.push(found.length === 0 ? otherwise : `all files of '${arg}' are ignored`)
    for (const file of chosen) files.add(file)
  }
  return { files: [...files], missing }
}

type IsIgnored = (file: string) => Promise<boolean>

async function without(files: readonly string[], isIgnored: IsIgnored): Promise<readonly string[]> {
  const chosen: string[] = []
  for (const file of files) if (!(await isIgnored(file))) chosen.push(file)
  return chosen
}

interface Found {
  readonly found: readonly string[]
  /** What to say when nothing was found. */
  readonly otherwise: string
  /** The argument is the name of a file. */
  readonly named?: true
}

async function filesOf(arg: string): Promise<Found> {
  if (arg === '-') return { found: ['-'], otherwise: '', named: true }
  const kind = kindOf(arg)
  if (kind === 'folder') {
    const below = await glob('**/*.cnn', { cwd: arg, ignore: IGNORED, followSymbolicLinks: false })
    return { found: tidy(below.map((path) => join(arg, path))), otherwise: `no .cnn file in '${arg}'` }
  }
  if (kind === 'file') return { found: tidy([arg]), otherwise: '', named: true }
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
