import type { Host } from '../check/analysis'
import type { FileConfigs } from './configs'
import { readNamed, reason, withoutMark } from './files'
import { findFiles, tidyPath } from './paths'
import { diskSources, STDIN } from './sources'
import { complain, type Terminal } from './terminal'

/** The files that a command works on, read. */
export interface OpenSources {
  readonly files: readonly string[]
  readonly host: Host
  /** Lets another text stand for a file. */
  readonly set: (file: string, text: string) => void
  /** Something that was asked for is not there or cannot be read; that has been said on standard error. */
  readonly failed: boolean
}

/** Finds and reads the files that the arguments name; `-` is standard input, which goes by `stdinName`. */
export async function openSources(
  args: readonly string[],
  stdinName: string | undefined,
  configs: FileConfigs,
  terminal: Terminal,
): Promise<OpenSources> {
  const { files: found, missing } = await findFiles(args, configs.isIgnored)
  const messages = [...missing]
  const sources = diskSources()
  const files: string[] = []
  for (const path of found) {
    const name = path !== '-' ? path : stdinName === undefined ? STDIN : tidyPath(stdinName)
    try {
      sources.set(name, path === '-' ? withoutMark(await terminal.readInput()) : readNamed(path))
      files.push(name)
    } catch (error) {
      messages.push(`cannot read '${path}': ${reason(error)}`)
    }
  }
  for (const message of messages) complain(terminal, message)
  return { files, host: sources.host, set: sources.set, failed: messages.length > 0 }
}
