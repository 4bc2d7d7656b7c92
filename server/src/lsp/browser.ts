import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser'
import { describeError } from './requests'
import { startServer } from './server'

/** What this file uses of a worker's global object; the types of browsers would mix with those of Node. */
declare const self: {
  addEventListener(type: 'error' | 'unhandledrejection', listener: (event: FaultEvent) => void): void
  close(): void
}

interface FaultEvent {
  readonly error?: unknown
  readonly reason?: unknown
  preventDefault(): void
}

/** The entry of the server as a worker of a browser. It has no disk: the client reads all files for it. */
function main(): void {
  const connection = createConnection(
    ProposedFeatures.all,
    new BrowserMessageReader(self),
    new BrowserMessageWriter(self),
  )
  // An error outside of any request must not end the server: the client would have to start it again.
  const report = (event: FaultEvent) => {
    event.preventDefault()
    connection.console.error(describeError(event.error ?? event.reason))
  }
  self.addEventListener('error', report)
  self.addEventListener('unhandledrejection', report)
  // Nothing else ends a worker whose client no longer needs it.
  connection.onExit(() => self.close())
  startServer(connection, undefined)
}

main()
