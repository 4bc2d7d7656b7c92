/** Reading and writing files so that nothing waits for ever, and nothing that someone wrote is lost. */
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MOST_BYTES } from '../check/limits'

/** The byte order mark, which some editors write and which is no part of a text. */
const MARK = '\uFEFF'

export function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(1) : text
}

/**
 * The text of a file that was found: an import, a configuration.
 * @throws what `reason` puts into words, for a device or a pipe too, which might never come to an end.
 */
export function readFound(path: string): string {
  // A pipe that nobody writes to would be waited for before it can be looked at.
  const bytes = readBytes(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0), (stats) => stats.isFile())
  return withoutMark(bytes.toString('utf8'))
}

/**
 * The text of a file that was asked for by its name; a pipe is one too.
 * @throws what `reason` puts into words, for what is not UTF-8 too: writing it back would lose what it is.
 */
export function readNamed(path: string): string {
  return withoutMark(readExactly(path))
}

/**
 * Writes a text in place of the one that was read. It goes to a file of its own that then takes the old one's
 * name, so that the old one is whole until the new one is.
 * @throws what `reason` puts into words, when the file has changed since it was read too; then it stays as it is.
 */
export function replaceText(path: string, before: string, after: string): void {
  // Where the name is a link, what it leads to is replaced, not the link.
  const target = realpathSync(path)
  accessSync(target, constants.W_OK)
  const current = readExactly(target)
  if (withoutMark(current) !== before) throw refusal('it has changed since it was read')
  const mark = current.startsWith(MARK) ? MARK : ''
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    writeWhole(temporary, mark + after, statSync(target))
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function writeWhole(path: string, text: string, { mode, uid, gid }: Stats): void {
  const file = openSync(path, 'wx', mode)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  // What the process would take away from new files, the old one may have.
  chmodSync(path, mode)
  if (process.getuid?.() === 0) chownSync(path, uid, gid)
}

function readExactly(path: string): string {
  return decoded(readBytes(path, constants.O_RDONLY, (stats) => stats.isFile() || stats.isFIFO()))
}

/**
 * The text that bytes are, its mark included.
 * @throws what `reason` puts into words, for what is not UTF-8.
 */
export function decoded(bytes: Buffer): string {
  if (/^(?:\xFF\xFE|\xFE\xFF)/.test(bytes.toString('latin1', 0, 2))) {
    throw refusal('it is UTF-16; save it as UTF-8')
  }
  // The decoder tells what is wrong only by failing, and would leave the mark out.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    throw refusal('it is not UTF-8 text')
  }
  if (text.includes('\0')) throw refusal('it has NUL characters, so it is not UTF-8 text')
  return text
}

/** The bytes of a file of the kind that is allowed; a size that is told may be wrong, so that they are counted. */
function readBytes(path: string, flags: number, isAllowed: (stats: Stats) => boolean): Buffer {
  const file = openSync(path, flags)
  try {
    const stats = fstatSync(file)
    if (stats.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' })
    if (!isAllowed(stats)) throw refusal('it is no regular file')
    if (stats.size > MOST_BYTES) throw tooLarge()
    const chunks: Buffer[] = []
    for (let read = 0; ; ) {
      const chunk = Buffer.allocUnsafe(Math.max(CHUNK, stats.size - read + 1))
      const count = readSync(file, chunk)
      if (count === 0) return Buffer.concat(chunks, read)
      read += count
      if (read > MOST_BYTES) throw tooLarge()
      chunks.push(chunk.subarray(0, count))
    }
  } finally {
    closeSync(file)
  }
}

/** How many bytes are read at once where the size is not known. */
const CHUNK = 65_536

/**
 * All bytes of a stream, as far as they are not too many.
 * @throws what `reason` puts into words.
 */
export async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let read = 0
  for await (const chunk of stream) {
    read += chunk.length
    if (read > MOST_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, read)
}

function tooLarge(): NodeJS.ErrnoException {
  return refusal(`it has more than ${MOST_BYTES / 1e6} MB`)
}

const REFUSED = 'REFUSED'

/** An error of ours among those of the file system. */
function refusal(message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code: REFUSED })
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links go round in a circle',
  EMFILE: 'too many files are open',
  ENOSPC: 'no space is left on the device',
  EROFS: 'the file system is read-only',
}

/** Why a file could not be read or written, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return REASONS[code ?? ''] ?? message
}
