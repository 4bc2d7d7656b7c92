import { readFileSync } from 'node:fs'
import { textHost } from '../check/host'

/** The name that text from standard input goes by unless `--stdin-filename` gives it one. */
export const STDIN = '<stdin>'

export interface Sources {
  readonly host: ReturnType<typeof textHost>
  /** Lets a text stand for a file, whether or not there is one. */
  set(path: string, text: string): void
}

/** Files on the disk, each read once; a file that cannot be read is not there. */
export function diskSources(): Sources {
  const texts = new Map<string, string | undefined>()
  const read = (path: string) => {
    if (!texts.has(path)) texts.set(path, readIfPossible(path))
    return texts.get(path)
  }
  return { host: textHost(read), set: (path, text) => void texts.set(path, text) }
}

function readIfPossible(path: string): string | undefined {
  try {
    return withoutMark(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** The byte order mark, which some editors write and which is no part of a text. */
export const MARK = '\uFEFF'

export function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(1) : text
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links go round in a circle',
  EMFILE: 'too many files are open',
}

/** Why a file could not be read or written, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return REASONS[code ?? ''] ?? message
}
