import { textHost } from '../check/host'
import { readFound } from './files'

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
    return readFound(path)
  } catch {
    return undefined
  }
}
