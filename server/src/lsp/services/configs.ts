import { URI } from 'vscode-uri'
import { type Configs, createConfigs } from '../../config/find'
import type { Config } from '../../config/load'
import { isConfigFile } from '../../config/names'
import { withSeverities } from '../../config/severities'
import type { View } from '../../features/support/view'
import { resolveImport } from '../uri'
import type { Documents } from './documents'
import type { FileWatch } from './file-watch'
import type { FileSystem } from './files'
import type { Project } from './project'
import type { SettingsReader } from './settings'
import { UNWATCHED_MS } from './sources'

/** How the rules run on a file. */
type FileLint = Pick<View, 'lint' | 'ignored'>

/** The configurations of files, as the open editors and the disk have them. */
export interface ConfigFiles {
  /** What the nearest configuration says and, over it, the user's settings. */
  lintOf(uri: string): Promise<FileLint>
  /** The configurations that files have been checked by, and those that are open. */
  inUse(): Promise<readonly Config[]>
  /** Forgets what was read of these files: they changed on the disk. */
  forget(uris: readonly string[]): void
}

export interface ConfigFilesNeeds {
  readonly documents: Documents
  readonly files: FileSystem
  readonly project: Project
  readonly settings: SettingsReader
  readonly watch: FileWatch
}

export function createConfigFiles(needs: ConfigFilesNeeds): ConfigFiles {
  const { documents, files, project, watch } = needs
  const disk = new Map<string, { readonly text: Promise<string | undefined>; readonly readAt: number }>()
  const used = new Set<string>()

  /** Clients watch files by the name of configurations, in the workspace's folders. */
  const isFollowed = (uri: string) =>
    watch.isActive() && isConfigFile(uri) && project.folderOf(uri) !== undefined

  const read = (uri: string): Promise<string | undefined> => {
    const open = documents.get(uri)
    if (open !== undefined) return Promise.resolve(open.getText())
    const known = disk.get(uri)
    if (known !== undefined && (isFollowed(uri) || Date.now() - known.readAt < UNWATCHED_MS))
      return known.text
    const text = files.read(uri)
    disk.set(uri, { text, readAt: Date.now() })
    return text
  }

  const configs: Configs = createConfigs({
    read,
    resolve: resolveImport,
    pathOf: (uri) => URI.parse(uri).path,
  })
  const forget = (uris: readonly string[]) => {
    for (const uri of uris) disk.delete(uri)
  }
  documents.onClose((uri) => forget([uri]))

  return {
    async lintOf(uri) {
      const { config, settings, ignored } = await configs.of(placeOf(uri, project))
      if (config !== undefined) used.add(config.uri)
      const { diagnostics } = await needs.settings.of(uri)
      return { lint: withSeverities(settings, diagnostics.severity), ignored }
    },
    async inUse() {
      const found: Config[] = []
      for (const uri of new Set([...used, ...documents.configs()])) {
        const config = await configs.load(uri)
        if (config === undefined) used.delete(uri)
        else found.push(config)
      }
      return found
    },
    forget,
  }
}

/** Where a document that has not been saved would be: at its path, or in the workspace's only folder. */
function placeOf(uri: string, project: Project): string {
  const { scheme, path } = URI.parse(uri)
  if (scheme !== 'untitled') return uri
  if (path.startsWith('/')) return URI.file(path).toString()
  const [folder, another] = project.folders()
  return folder === undefined || another !== undefined ? uri : `${folder.replace(/\/$/, '')}/${path}`
}
