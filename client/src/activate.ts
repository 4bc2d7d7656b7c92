import { commands, type ExtensionContext, window, workspace } from 'vscode'
import { type CreateClient, servedSchemes } from './client'
import { renameAt, showAt } from './commands'
import { RENAME_AT, SHOW_AT } from './protocol'
import { createSession, restartServer, type Session } from './session'
import { createStatus } from './status'
import { newNetwork } from './templates'
import { createSizeCommands, declaredSizes } from './try-size'

/** VS Code calls `deactivate` without an argument, so what it has to stop is remembered here. */
let session: Session | undefined

/** Starts the server and registers the commands that work without it; the same on the desktop and in a browser. */
export async function activateWith(context: ExtensionContext, create: CreateClient): Promise<void> {
  const output = window.createOutputChannel('cnnlint', { log: true })
  const sizes = createSizeCommands(context.globalState)
  const status = createStatus(sizes.onDidTry)
  const current = createSession(create, output, status, sizes)
  session = current
  context.subscriptions.push(
    output,
    sizes,
    status,
    commands.registerCommand('cnnlint.declaredSizes', declaredSizes),
    commands.registerCommand('cnnlint.newNetwork', (label?: unknown) =>
      newNetwork(context.extensionUri, label),
    ),
    commands.registerCommand('cnnlint.restartServer', () => restartServer(current)),
    commands.registerCommand('cnnlint.showOutput', () => output.show()),
    commands.registerCommand(RENAME_AT, renameAt),
    commands.registerCommand(SHOW_AT, showAt),
  )
  await commands.executeCommand('setContext', 'cnnlint.activated', true)
  let schemes = servedSchemes()
  context.subscriptions.push(
    workspace.onDidChangeWorkspaceFolders(() => {
      const before = schemes
      schemes = servedSchemes()
      // A client learns of new folders by itself, but which schemes it serves is settled when it is made.
      if ([...schemes].some((scheme) => !before.has(scheme))) void current.restart()
    }),
  )
  // What the server may read is settled when it starts.
  context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(() => void current.restart()))
  await current.start()
}

/** Stops the server; VS Code waits for it. */
export const deactivate = (): Promise<void> | undefined => session?.stop()
