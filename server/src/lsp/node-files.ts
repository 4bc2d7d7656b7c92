import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { URI } from 'vscode-uri'
import { MOST_BYTES } from '../check/limits'
import type { FileStore } from './services/files'

/** How many bytes are read at once where the size is not known. */
const CHUNK = 65_536

/** Files on the disk of this machine; URIs of other schemes name none. */
export const nodeFileSystem: FileStore = {
  async read(uri) {
    const path = diskPath(uri)
    if (path === undefined) return undefined
    const bytes = await readRegular(path).catch(() => undefined)
    return bytes?.toString('utf8').replace(/^\uFEFF/, '')
  },
  async target(uri) {
    const path = diskPath(uri)
    if (path === undefined) return undefined
    return realpath(path).then(
      (found) => URI.file(found).toString(),
      () => undefined,
    )
  },
  find: (folder) => matching(folder, '**/*.cnn'),
  list: (folder) => matching(folder, '*.cnn'),
}

/**
 * The bytes of a regular file, undefined where they are too many: a device or a pipe might never come to an end, and
 * what some files say of their size is not true.
 */
async function readRegular(path: string): Promise<Buffer | undefined> {
  // A pipe that nobody writes to would be waited for before it can be looked at.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = await file.stat()
    if (!stats.isFile() || stats.size > MOST_BYTES) return undefined
    const chunks: Buffer[] = []
    for (let read = 0; read <= MOST_BYTES; ) {
      const { bytesRead, buffer } = await file.read({
        buffer: Buffer.allocUnsafe(Math.max(CHUNK, stats.size - read + 1)),
      })
      if (bytesRead === 0) return Buffer.concat(chunks)
      read += bytesRead
      chunks.push(buffer.subarray(0, bytesRead))
    }
    return undefined
  } finally {
    await file.close()
  }
}

async function matching(folder: string, pattern: string): Promise<readonly string[]> {
  const cwd = diskPath(folder)
  if (cwd === undefined) return []
  const options = {
    cwd,
    ignore: ['**/node_modules/**', '**/.git/**'],
    dot: true,
    followSymbolicLinks: false,
  }
  const paths = await glob(pattern, options).catch(() => [])
  return paths.map((path) => URI.file(join(cwd, path)).toString()).sort()
}

function diskPath(uri: string): string | undefined {
  const { scheme, fsPath } = URI.parse(uri)
  return scheme === 'file' ? fsPath : undefined
}
