/** Paths as texts. */
import { isAbsolute, normalize, relative, sep } from 'node:path'

/** One spelling a file: without `./` and `a/../`, with slashes; imports are resolved to the same spelling. */
export function tidyPath(path: string): string {
  return toSlashes(normalize(path))
}

export function toSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

/** Whether a path leads to something inside of a folder; both are absolute. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/** Whether a name is that of a file that holds networks. */
export function isNetworkFile(path: string): boolean {
  return /\.cnn$/i.test(path)
}
