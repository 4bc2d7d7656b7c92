import { type LogOutputChannel, workspace } from 'vscode'
import {
  type BaseLanguageClient,
  CloseAction,
  type DocumentSelector,
  ErrorAction,
  type ErrorHandler,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
} from 'vscode-languageclient'
import { checkWorkspace } from './commands'
import { serveFiles } from './files'
import { milestones } from './milestones'
import { CHECK_WORKSPACE, type InitializationOptions } from './protocol'

/** How an entry point, for the desktop or the browser, makes the client that talks to its kind of server. */
export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient

/** The client's identifier, and with it the section of the settings that it reads. */
const ID = 'cnnlint'

/** A server that ends this often within the period is not started again. */
const MAX_ENDS = 4
const PERIOD_MS = 3 * 60_000

/**
 * Makes the client, not yet started.
 * @param output where the client's log and the server's go
 * @param onGivenUp called when a server that had been running ended so often that it is not started again
 * @param runCommand asks the user for what a command of the server needs
 */
export function createLanguageClient(
  create: CreateClient,
  output: LogOutputChannel,
  onGivenUp: () => void,
  runCommand: NonNullable<Middleware['executeCommand']>,
): BaseLanguageClient {
  const client = create(ID, 'cnnlint', {
    documentSelector: documentSelector(),
    outputChannel: output,
    // The panel does not open by itself; a message with a button leads to it when the server is gone.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    markdown: { isTrusted: false, supportHtml: false, supportThemeIcons: true },
    diagnosticPullOptions: { onChange: true, onSave: true },
    // VS Code's own service for JSON shows the faults of a configuration's text.
    initializationOptions: {
      checksJson: true,
      editorCommands: true,
      isRestricted: !workspace.isTrusted,
      servesFiles: true,
    } satisfies InitializationOptions,
    initializationFailedHandler: () => false,
    errorHandler: errorHandler(() => client.isRunning(), onGivenUp),
    middleware: middleware(runCommand),
  })
  serveFiles(client)
  return client
}

/**
 * Files, unsaved documents and the file systems of the workspace's folders. Documents of other schemes are
 * copies of these files (the old side of a comparison, for one), whose imports would not be found.
 */
function documentSelector(): DocumentSelector {
  return [...servedSchemes()].map((scheme) => ({ scheme, language: 'cnn' }))
}

/** The schemes of the documents that a client serves which is made now. */
export function servedSchemes(): ReadonlySet<string> {
  const folders = workspace.workspaceFolders ?? []
  return new Set(['file', 'untitled', ...folders.map((folder) => folder.uri.scheme)])
}

/** Restarts a server that ends while running, unless it keeps ending; one that never ran is left alone. */
function errorHandler(isRunning: () => boolean, onGivenUp: () => void): ErrorHandler {
  let ends: number[] = []
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      const stay = { action: CloseAction.DoNotRestart, handled: true }
      if (!isRunning()) return stay
      const now = Date.now()
      ends = [...ends.filter((end) => now - end < PERIOD_MS), now]
      if (ends.length < MAX_ENDS) return { action: CloseAction.Restart, handled: true }
      onGivenUp()
      return stay
    },
  }
}

/** The client registers the server's commands by itself; here they get their questions and their outcome. */
const middleware = (runCommand: NonNullable<Middleware['executeCommand']>): Middleware => ({
  ...milestones,
  executeCommand: (command, args, next) =>
    command === CHECK_WORKSPACE ? checkWorkspace(() => next(command, args)) : runCommand(command, args, next),
})
