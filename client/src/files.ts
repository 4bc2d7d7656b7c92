import { CancellationTokenSource, FileType, RelativePattern, Uri, workspace } from 'vscode'
import type { BaseLanguageClient } from 'vscode-languageclient'
import { FIND_FILES, type FileParams, LIST_FILES, READ_FILE } from './protocol'

/** Folders that hold no networks of the workspace's own. */
const SKIPPED = ['node_modules', '.git']

/** How long VS Code's search may take. Where a file system has none, VS Code waits for one for ever. */
const SEARCH_MS = 5_000

/** How many folders are looked into where there is no search; each may be a request to a distant machine. */
const MAX_FOLDERS = 1_000

/** Lets the server read files where it has no disk of its own: in a browser, in workspaces of other machines. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(READ_FILE, ({ uri }: FileParams) => readText(Uri.parse(uri)))
  client.onRequest(LIST_FILES, async ({ uri }: FileParams) => {
    const { files } = await entriesOf(Uri.parse(uri))
    return files.map((file) => file.toString())
  })
  client.onRequest(FIND_FILES, async ({ uri }: FileParams) => {
    const folder = Uri.parse(uri)
    const found = (await search(folder)) ?? (await walk(folder))
    return found.map((file) => file.toString())
  })
}

/** The largest file that is read, as the server has it for files on its disk. */
const MOST_BYTES = 10_000_000

/** The text of a file, null when it cannot be read, is too large, or is no file that comes to an end. */
async function readText(uri: Uri): Promise<string | null> {
  try {
    const { type, size } = await workspace.fs.stat(uri)
    // A link to a file is both.
    if ((type & FileType.File) === 0 || size > MOST_BYTES) return null
    return new TextDecoder().decode(await workspace.fs.readFile(uri))
  } catch {
    return null
  }
}

/** The `.cnn` files that VS Code's search finds, undefined when it does not answer. */
async function search(folder: Uri): Promise<readonly Uri[] | undefined> {
  const cancellation = new CancellationTokenSource()
  const timer = setTimeout(() => cancellation.cancel(), SEARCH_MS)
  const cancelled = new Promise<undefined>((resolve) => {
    cancellation.token.onCancellationRequested(() => resolve(undefined))
  })
  const pattern = new RelativePattern(folder, '**/*.cnn')
  const found = workspace.findFiles(pattern, `**/{${SKIPPED.join(',')}}/**`, undefined, cancellation.token)
  try {
    return await Promise.race([found, cancelled])
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
    cancellation.dispose()
  }
}

/** The `.cnn` files that are found by listing one folder after the other, those near the top first. */
async function walk(folder: Uri): Promise<readonly Uri[]> {
  const files: Uri[] = []
  const folders = [folder]
  // The iteration goes on to what is added on the way.
  for (const current of folders) {
    const inside = await entriesOf(current)
    files.push(...inside.files)
    folders.push(...inside.folders.slice(0, MAX_FOLDERS - folders.length))
  }
  return files
}

interface Entries {
  readonly files: readonly Uri[]
  readonly folders: readonly Uri[]
}

/** The `.cnn` files in a folder and the folders to look into; none where it cannot be read. */
async function entriesOf(folder: Uri): Promise<Entries> {
  const entries = await workspace.fs.readDirectory(folder).then(
    (listed) => listed,
    () => [],
  )
  // A link to a folder could lead in a circle; one to a file is a file.
  const isFile = ([name, type]: [string, FileType]) => (type & FileType.File) !== 0 && name.endsWith('.cnn')
  const isFolder = ([name, type]: [string, FileType]) =>
    type === FileType.Directory && !SKIPPED.includes(name)
  const uris = (those: typeof entries) => those.map(([name]) => Uri.joinPath(folder, name))
  return { files: uris(entries.filter(isFile)), folders: uris(entries.filter(isFolder)) }
}
