import { type ExtensionContext, Uri } from 'vscode'
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser'
import { activateWith } from './activate'

export { deactivate } from './activate'

/** What browsers have beside Node's globals; their own types would mix with those of Node. */
declare const Worker: new (script: string) => Worker

/** The entry point in VS Code for the Web: the server is a worker of the browser. */
export function activate(context: ExtensionContext): Promise<void> {
  const program = Uri.joinPath(context.extensionUri, 'dist', 'server.web.js').toString(true)
  return activateWith(
    context,
    (id, name, options) => new BrowserClient(id, name, () => startWorker(program), options),
  )
}

/**
 * Starts a worker with a script of the extension. VS Code runs no worker from an extension on another machine,
 * but it reads the extension's files; so the script is read here and handed over as this page's own.
 */
async function startWorker(script: string): Promise<MessageTransports> {
  const response = await fetch(script)
  if (!response.ok) throw new Error(`${script} cannot be read: ${response.status} ${response.statusText}`)
  const worker = new Worker(URL.createObjectURL(await response.blob()))
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) }
}

class BrowserClient extends LanguageClient {
  /** Only logs. The session tells the user, once and in plain words, when the server is gone. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false)
  }
}
