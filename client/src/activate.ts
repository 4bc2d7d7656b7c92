import { commands, type ExtensionContext, window } from 'vscode'
import type { CreateClient } from './client'
import { renameAt, restartServer } from './commands'
import { RENAME_AT } from './protocol'
import { createSession, type Session } from './session'

/** VS Code calls `deactivate` without an argument, so what it has to stop is remembered here. */
let session: Session | undefined

/** Starts the server and registers the commands that work without it; the same on the desktop and in a browser. */
export async function activateWith(context: ExtensionContext, create: CreateClient): Promise<void> {
  const output = window.createOutputChannel('cnnlint', { log: true })
  const current = createSession(create, output)
  session = current
  context.subscriptions.push(
    output,
    commands.registerCommand('cnnlint.restartServer', () => restartServer(current)),
    commands.registerCommand('cnnlint.showOutput', () => output.show()),
    commands.registerCommand(RENAME_AT, renameAt),
  )
  await commands.executeCommand('setContext', 'cnnlint.activated', true)
  await current.start()
}

/** Stops the server; VS Code waits for it. */
export const deactivate = (): Promise<void> | undefined => session?.stop()
