import type { Host } from '../check/analysis'
import type { FileConfigs } from './configs'
import { readNamed, reason, withoutMark } from './files'
import { tidyPath } from './path-names'
import { findFiles, isExcluded } from './paths'
import { diskSources, STDIN } from './sources'
import { complain, type Terminal } from './terminal'

/** What a command is asked to work on. */
export interface Wanted {
  readonly args: readonly string[]
  /** The name that standard input goes by. */
  readonly stdinName?: string | undefined
  /** Whether what is ignored is left out even if it is named itself. */
  readonly forceExclude?: boolean
}

/** The files that a command works on, read. */
export interface OpenSources {
  readonly files: readonly string[]
  readonly host: Host
  /** Lets another text stand for a file. */
  readonly set: (file: string, text: string) => void
  /** Something that was asked for is not there or cannot be read; that has been said on standard error. */
  readonly failed: boolean
  /** Standard input as it is, where that was asked for. */
  readonly input?: string
  /** All that was asked for is ignored, and is to be left out. */
  readonly excluded: boolean
}

/** Finds and reads the files that the arguments name; `-` is standard input. */
export async function openSources(
  { args, stdinName, forceExclude = false }: Wanted,
  configs: FileConfigs,
  terminal: Terminal,
): Promise<OpenSources> {
  const rules = { isIgnored: configs.isIgnored, forceExclude }
  const found = await findFiles(args, rules)
  const messages = [...found.missing]
  const sources = diskSources()
  const files: string[] = []
  let { excluded } = found
  let input: string | undefined
  for (const { path, named } of found.files) {
    const name = path !== '-' ? path : stdinName === undefined ? STDIN : tidyPath(stdinName)
    try {
      if (path === '-') input = await terminal.readInput()
      sources.set(name, input === undefined || path !== '-' ? readNamed(path) : withoutMark(input))
      if (path === '-' && forceExclude && (await isExcluded(name, rules))) excluded = args.length === 1
      else files.push(name)
    } catch (error) {
      if (named) messages.push(`cannot read '${path}': ${reason(error)}`)
      else leftOut({ path, why: reason(error) }, terminal)
    }
  }
  for (const each of found.unreadable) leftOut(each, terminal)
  for (const message of messages) complain(terminal, message)
  return {
    files,
    host: sources.host,
    set: sources.set,
    failed: messages.length > 0,
    excluded,
    ...(input === undefined ? {} : { input }),
  }
}

/** Nobody asked for it by its name: the rest is done without it. */
export function leftOut({ path, why }: { path: string; why: string }, terminal: Terminal): void {
  complain(terminal, `cannot read '${path}', which is left out: ${why}`)
}
