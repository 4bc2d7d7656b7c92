import type { ExtensionContext } from 'vscode'
import { LanguageClient, TransportKind } from 'vscode-languageclient/node'
import { activateWith } from './activate'

export { deactivate } from './activate'

/** The entry point on the desktop and on remote machines: the server is a Node process beside this one. */
export function activate(context: ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc }
  // An analysis makes many objects that live until the next edit; room for them saves half of its time.
  const run = { ...server, options: { execArgv: ['--max-semi-space-size=64'] } }
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } }
  return activateWith(context, (id, name, options) => new DesktopClient(id, name, { run, debug }, options))
}

class DesktopClient extends LanguageClient {
  /** Only logs. The session tells the user, once and in plain words, when the server is gone. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false)
  }
}
