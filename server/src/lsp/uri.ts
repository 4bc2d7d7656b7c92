import { URI, Utils } from 'vscode-uri'

/**
 * The one spelling of a URI under which the server knows a file: clients differ in what they escape, and the
 * same file must not be two.
 */
export function normalizeUri(uri: string): string {
  try {
    return URI.parse(uri).toString()
  } catch {
    // A text that is not a URI can still be the name of a document.
    return uri
  }
}

/** The file that `path`, written in an import of the file `from`, names. */
export function resolveImport(from: string, path: string): string {
  try {
    return Utils.resolvePath(Utils.dirname(URI.parse(from)), path).toString()
  } catch {
    return path
  }
}

/** Whether a file lies in a folder or below it. */
export function isInside(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

/** The folder that a file lies in. */
export function parentOf(file: string): string {
  try {
    return Utils.dirname(URI.parse(file)).toString()
  } catch {
    return file
  }
}

/** The last part of a file's path, as a person names the file. */
export function shownFileName(uri: string): string {
  try {
    return Utils.basename(URI.parse(uri)) || uri
  } catch {
    return uri
  }
}
