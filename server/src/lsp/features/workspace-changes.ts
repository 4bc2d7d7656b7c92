import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  FileChangeType,
  TextDocumentSyncKind,
} from 'vscode-languageserver'
import { CONFIG_FILE } from '../../config/names'
import { describeError } from '../requests'
import type { Services } from '../services'
import { normalizeUri, shownFileName } from '../uri'
import type { Feature } from './feature'
import { MOVED_FILES } from './moved-files'

/** Follows what changes in the workspace: its folders, the files in them, the settings and the configurations. */
export const workspaceChangesFeature: Feature = {
  capabilities: () => ({
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didRename: MOVED_FILES },
    },
  }),
  register(services) {
    const { connection, sources } = services
    connection.onInitialized(() => follow(services))
    connection.onDidChangeWatchedFiles(({ changes }) => {
      const uris = changes.map(({ uri }) => normalizeUri(uri))
      const isOurs = (uri: string) => uri.endsWith('.cnn') || shownFileName(uri) === CONFIG_FILE
      const own = uris.filter((uri) => isOurs(uri) || sources.hasInside(uri))
      if (own.length === 0) return
      if (!own.every(isOurs)) return forget(services, own)
      const gone = changes.filter(({ type }) => type === FileChangeType.Deleted)
      filesChanged(
        services,
        own,
        gone.map(({ uri }) => normalizeUri(uri)),
      )
    })
    connection.workspace.onDidRenameFiles(({ files }) => {
      const uris = files.flatMap(({ oldUri, newUri }) => [normalizeUri(oldUri), normalizeUri(newUri)])
      forget(services, uris)
    })
  },
}

/** Registers for everything that changes, and reads the workspace. */
async function follow(services: Services) {
  const { connection, config, log, watch, project, settings } = services
  await settings.register().catch((error) => log(`The settings are not followed: ${describeError(error)}`))
  await watch.start()
  await followConfigs(services).catch((error) =>
    log(`Open configurations are not followed: ${describeError(error)}`),
  )
  if (config.followsFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const uris = (folders: typeof added) => folders.map(({ uri }) => normalizeUri(uri))
      project.changeFolders(uris(added), uris(removed))
      indexProject(services)
    })
  }
  indexProject(services)
}

/**
 * Asks for the texts of open configurations, and for nothing else about them: if they were documents of ours, the
 * editor would offer our formatter for them beside its own.
 */
async function followConfigs({ connection, config, project }: Services) {
  if (!config.registers.documents) return
  const schemes = new Set(['file', ...project.folders().map((folder) => folder.replace(/:.*/, ''))])
  const documentSelector = [...schemes].map((scheme) => ({ scheme, pattern: `**/${CONFIG_FILE}` }))
  await connection.client.register(DidOpenTextDocumentNotification.type, { documentSelector })
  await connection.client.register(DidChangeTextDocumentNotification.type, {
    documentSelector,
    syncKind: TextDocumentSyncKind.Incremental,
  })
  await connection.client.register(DidCloseTextDocumentNotification.type, { documentSelector })
}

/** Until it is known which files import which, what depends on that is not said. */
function indexProject({ project, diagnostics, log }: Services) {
  project.index().then(
    () => diagnostics.changed(),
    (error) => log(`The workspace was not read: ${describeError(error)}`),
  )
}

/** Makes everything that was read of these files be read again. */
function filesChanged(services: Services, uris: readonly string[], gone: readonly string[]) {
  const { sources, configs, project } = services
  sources.forget(uris)
  configs.forget(uris)
  const networks = uris.filter((uri) => uri.endsWith('.cnn'))
  project.filesChanged(
    networks.filter((uri) => !gone.includes(uri)),
    gone,
  )
  indexProject(services)
}

/** The same for the files in these folders too, of which nobody knows which they are. */
function forget(services: Services, uris: readonly string[]) {
  const { sources, configs, project } = services
  sources.forget(uris)
  configs.forget(uris)
  project.forget()
  indexProject(services)
}
