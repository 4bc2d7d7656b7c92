import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { URI } from 'vscode-uri'
import { MOST_BYTES } from '../check/limits'
import type { FileSystem } from './services/files'

/** Files on the disk of this machine; URIs of other schemes name none. */
export const nodeFileSystem: FileSystem = {
  async read(uri) {
    const path = diskPath(uri)
    if (path === undefined) return undefined
    try {
      // A device or a pipe might never come to an end.
      const file = await stat(path)
      if (!file.isFile() || file.size > MOST_BYTES) return undefined
      return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
    } catch {
      return undefined
    }
  },
  find: (folder) => matching(folder, '**/*.cnn'),
  list: (folder) => matching(folder, '*.cnn'),
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
