import {
  type Connection,
  DiagnosticSeverity,
  ErrorCodes,
  ExecuteCommandRequest,
  ResponseError,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver'
import type { FileLint } from './configs'
import type { DiagnosticsService } from './diagnostics'
import type { Documents } from './documents'
import { type RunSizeCommand, SIZE_COMMANDS } from './features/sizes'
import type { Project } from './project'
import type { Reports } from './reports'
import { type Checkpoint, type RequestContext, wrapRequest } from './requests'
import { fileName } from './uri'

/** Checks every `.cnn` file of the workspace, shows what it finds and answers with a {@link WorkspaceReport}. */
const CHECK_WORKSPACE = 'cnnlint.checkWorkspace'

export const COMMANDS = [CHECK_WORKSPACE, ...SIZE_COMMANDS]

/** What {@link CHECK_WORKSPACE} answers. */
export interface WorkspaceReport {
  readonly files: number
  readonly errors: number
  readonly warnings: number
}

/** Installs the handler of `workspace/executeCommand`. */
export function createCommands(
  connection: Connection,
  context: RequestContext,
  documents: Documents,
  project: Project,
  reports: Reports,
  lintOf: (uri: string) => Promise<FileLint>,
  diagnostics: DiagnosticsService,
  runSizeCommand: RunSizeCommand,
): void {
  const withoutIgnored = async (uris: readonly string[]) => {
    const lints = await Promise.all(uris.map(lintOf))
    return uris.filter((_, i) => !lints[i]?.ignored)
  }

  const checkWorkspace = async (progress: Progress, checkpoint: Checkpoint): Promise<WorkspaceReport> => {
    const found = await project.load()
    // Without a folder, the open documents are all there is.
    const uris = await withoutIgnored(found.length > 0 ? found : documents.uris())
    let errors = 0
    let warnings = 0
    for (const [i, uri] of uris.entries()) {
      progress.report(Math.round((100 * i) / uris.length), fileName(uri))
      await reports.showNow(uri)
      const { items } = await reports.peek(uri, checkpoint)
      errors += items.filter(({ severity }) => severity === DiagnosticSeverity.Error).length
      warnings += items.filter(({ severity }) => severity === DiagnosticSeverity.Warning).length
    }
    await diagnostics.show(uris)
    // The configurations of files that are not open come into use by this.
    diagnostics.changed()
    return { files: uris.length, errors, warnings }
  }

  // Not `onExecuteCommand`, which hides whether the client has sent a token for the progress.
  connection.onRequest(
    ExecuteCommandRequest.type,
    wrapRequest(
      context,
      { name: 'command', empty: null },
      async ({ command, arguments: args = [], workDoneToken }, checkpoint) => {
        if (SIZE_COMMANDS.includes(command)) return runSizeCommand(command, args, checkpoint)
        if (command !== CHECK_WORKSPACE) {
          throw new ResponseError(ErrorCodes.InvalidParams, `There is no command '${command}'.`)
        }
        const progress =
          workDoneToken === undefined
            ? await connection.window.createWorkDoneProgress()
            : connection.window.attachWorkDoneProgress(workDoneToken)
        progress.begin('Checking the workspace', 0, undefined, false)
        try {
          return await checkWorkspace(progress, checkpoint)
        } finally {
          progress.done()
        }
      },
    ),
  )
}

type Progress = Pick<WorkDoneProgressReporter, 'report'>
