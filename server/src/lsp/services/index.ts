import type { Connection } from 'vscode-languageserver'
import type { RequestContext } from '../requests'
import type { ServerConfig } from '../server-config'
import { type Analyses, createAnalyses } from './analyses'
import { createConfigDiagnostics } from './config-diagnostics'
import { type ConfigFiles, createConfigFiles } from './configs'
import { createDiagnostics, type DiagnosticsService } from './diagnostics'
import { createDocuments, type Documents } from './documents'
import { createFileWatch, type FileWatch } from './file-watch'
import { createFileSystem, type FileStore } from './files'
import { createImportIndex } from './import-index'
import { createProject, type Project } from './project'
import { createReports, type Reports } from './reports'
import { createSettings, type SettingsReader } from './settings'
import { createSources, type Sources } from './sources'
import { createTried, type Tried } from './tried'
import { createWorkspaceTrees, type WorkspaceTrees } from './workspace-trees'

/** What the server does its work with, made once when the handshake has settled the configuration. */
export interface Services {
  readonly connection: Connection
  readonly config: ServerConfig
  /** Writes what went wrong to the client's log. */
  readonly log: (message: string) => void
  readonly requests: RequestContext
  readonly documents: Documents
  readonly watch: FileWatch
  readonly sources: Sources
  readonly project: Project
  readonly settings: SettingsReader
  readonly configs: ConfigFiles
  readonly tried: Tried
  readonly analyses: Analyses
  readonly workspaceTrees: WorkspaceTrees
  readonly reports: Reports
  readonly diagnostics: DiagnosticsService
  /** From here on requests are refused, and nothing is published. */
  stop(): void
}

export interface ServicesNeeds {
  readonly connection: Connection
  readonly config: ServerConfig
  /** The files of this machine; undefined in a browser. */
  readonly disk: FileStore | undefined
}

/** Makes the services; each is given those above it. */
export function createServices({ connection, config, disk }: ServicesNeeds): Services {
  const log = (message: string) => connection.console.error(message)
  const documents = createDocuments({ connection, config })
  const watch = createFileWatch({ connection, config })
  const files = createFileSystem({ connection, config, disk, folders: () => project.folders() })
  const sources = createSources({ documents, files, watch })
  const imports = createImportIndex({ documents, files })
  const project: Project = createProject({ config, documents, files, sources, imports, watch })
  const settings = createSettings({ connection, config, project, log })
  const configs = createConfigFiles({ documents, files, project, settings, watch })
  const tried = createTried({ documents })
  const analyses = createAnalyses({ config, documents, sources, project, imports, configs, tried })
  const workspaceTrees = createWorkspaceTrees({ documents, sources, project, analyses })
  const reports = createReports({ sources, analyses, settings, configs, log })
  const configDiagnostics = createConfigDiagnostics({ connection, config, documents, configs })
  const diagnostics = createDiagnostics({
    connection,
    config,
    log,
    documents,
    settings,
    tried,
    reports,
    configDiagnostics,
  })
  let isStopped = false
  return {
    connection,
    config,
    log,
    requests: {
      isStopped: () => isStopped,
      revision: (uri) => documents.revision(uri),
      log,
    },
    documents,
    watch,
    sources,
    project,
    settings,
    configs,
    tried,
    analyses,
    workspaceTrees,
    reports,
    diagnostics,
    stop() {
      isStopped = true
      diagnostics.stop()
    },
  }
}
