/** The files that the arguments of a command name. */
import { lstatSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import picomatch from 'picomatch'
import { gitIgnoresIn } from './gitignore'
import { isNetworkFile, tidyPath, toSlashes } from './path-names'
import { EVERYTHING, type Unreadable, type Walked, walk } from './walk'

export interface FoundFile {
  /** Slash-separated; `-` stands for standard input. */
  readonly path: string
  /** The argument is the name of the file, not that of a folder or a pattern that it is found by. */
  readonly named: boolean
}

export interface FoundFiles {
  /** Without repetition. */
  readonly files: readonly FoundFile[]
  /** One message for every argument that names nothing. */
  readonly missing: readonly string[]
  /** What was met on the way and cannot be looked at. */
  readonly unreadable: readonly Unreadable[]
  /** Everything that was asked for by its name is ignored, and nothing else was asked for. */
  readonly excluded: boolean
}

export interface FindRules {
  /** Whether a configuration says to leave a file out. */
  readonly isIgnored: (file: string) => Promise<boolean>
  /** Whether what is ignored is left out even if it is named itself. */
  readonly forceExclude?: boolean
}

/**
 * The files that arguments name: files, folders (all `.cnn` files below, without `node_modules` and folders
 * that begin with a dot) and glob patterns; the current folder when there are none. What a configuration or git
 * ignores is left out unless it is named itself.
 */
export async function findFiles(args: readonly string[], rules: FindRules): Promise<FoundFiles> {
  const files = new Map<string, boolean>()
  const missing: string[] = []
  const unreadable: Unreadable[] = []
  let excluded = 0
  for (const arg of args.length === 0 ? ['.'] : args) {
    const found = await filesOf(arg, rules)
    for (const { path, named } of found.files) files.set(path, named || files.get(path) === true)
    missing.push(...found.missing)
    unreadable.push(...found.unreadable)
    if (found.excluded) excluded++
  }
  return {
    files: [...files].map(([path, named]) => ({ path, named })),
    missing,
    unreadable,
    excluded: excluded > 0 && excluded === args.length,
  }
}

const NOTHING: FoundFiles = { files: [], missing: [], unreadable: [], excluded: false }

async function filesOf(arg: string, rules: FindRules): Promise<FoundFiles> {
  if (arg === '-') return { ...NOTHING, files: [{ path: '-', named: true }] }
  const kind = kindOf(arg)
  if (kind === 'folder') {
    return chosenOf(walk(arg, EVERYTHING), arg, `no .cnn file in '${arg}'`, rules)
  }
  if (kind !== undefined) return namedFile(arg, kind, rules)
  const pattern = toSlashes(arg)
  if (!picomatch.scan(pattern).isGlob) {
    return { ...NOTHING, missing: [`no file or folder is named '${arg}'`] }
  }
  const what = isNetworkFile(arg) ? 'file' : '.cnn file'
  return chosenOf(matching(pattern), arg, `no ${what} matches '${arg}'`, rules)
}

async function namedFile(arg: string, kind: 'file' | 'other', rules: FindRules): Promise<FoundFiles> {
  // What is no regular file may be the output of another program, which has a name of its own.
  if (kind === 'file' && !isNetworkFile(arg)) {
    return { ...NOTHING, missing: [`'${arg}' is no .cnn file`] }
  }
  const path = tidyPath(arg)
  if (rules.forceExclude && (await isExcluded(path, rules))) return { ...NOTHING, excluded: true }
  return { ...NOTHING, files: [{ path, named: true }] }
}

/** Whether a file would be left out in a folder. */
export async function isExcluded(
  file: string,
  { isIgnored }: Pick<FindRules, 'isIgnored'>,
): Promise<boolean> {
  if (file.split('/').includes('node_modules')) return true
  return gitIgnoresIn(dirname(file))(file, 'file') || (await isIgnored(file))
}

async function chosenOf(
  { files, unreadable, ignores }: Walked,
  arg: string,
  otherwise: string,
  { isIgnored }: FindRules,
): Promise<FoundFiles> {
  const chosen: FoundFile[] = []
  for (const path of files) if (!(await isIgnored(path))) chosen.push({ path, named: false })
  const isNamed = ({ path }: Unreadable) => path === tidyPath(arg)
  const named = unreadable.filter(isNamed).map(({ why }) => `cannot read '${arg}': ${why}`)
  const without = ignores ? `${otherwise} apart from what git ignores` : otherwise
  const nothing = files.length > 0 ? `all files of '${arg}' are ignored` : without
  return {
    files: chosen,
    missing: named.length > 0 ? named : chosen.length > 0 ? [] : [nothing],
    unreadable: unreadable.filter((each) => !isNamed(each)),
    excluded: false,
  }
}

/** The files that a pattern means, looked for from its first part on that is no pattern. */
function matching(pattern: string): Walked {
  const { base, glob } = picomatch.scan(pattern, { unescape: true })
  const folder = base === '' ? '.' : base
  if (kindOf(folder) !== 'folder') return { files: [], unreadable: [], ignores: false }
  const parts = glob.split('/')
  const globstar = parts.findIndex((part) => part.includes('**'))
  return walk(folder, {
    accepts: picomatch(glob, { windows: false }),
    dotted: parts.some((part) => part.startsWith('.')),
    // The parts name one folder each, through a link as well; `**` does not say where it leads.
    followedDepth: globstar < 0 ? parts.length - 1 : globstar,
  })
}

/** What cannot be looked at counts as a file: reading it tells why. */
function kindOf(path: string): 'file' | 'folder' | 'other' | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    // A link that leads nowhere is there.
    if (stats === undefined) return lstatSync(path, { throwIfNoEntry: false }) && 'other'
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other'
  } catch {
    return 'other'
  }
}
