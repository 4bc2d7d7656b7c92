import { PassThrough } from 'node:stream'
import { onTestFinished } from 'vitest'
import { createConnection, ProposedFeatures } from 'vscode-languageserver'
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { nodeFileSystem } from '../../server/src/lsp/node-files'
import { startServer } from '../../server/src/lsp/server'

/** A message as the protocol's documentation speaks of it. */
type Kind = 'request' | 'notification'

/** What a server was seen to do with its connection: by method, whether it is a request or a notification. */
export interface Recorded {
  /** What the server has handlers for. */
  readonly handled: ReadonlyMap<string, Kind>
  /** What the server has sent. */
  readonly sent: ReadonlyMap<string, Kind>
  /** The client's end of the connection. */
  readonly client: ProtocolConnection
}

/** Starts the server in this process on a connection that takes note of its handlers and of what it sends. */
export function startRecorded(): Recorded {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()]
  const handled = new Map<string, Kind>()
  const sent = new Map<string, Kind>()
  const server = recording(
    createProtocolConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
    handled,
    sent,
  )
  // The process is this test's own: that the client ends the server must not end it.
  const watchDog = { shutdownReceived: false, initialize() {}, exit() {} }
  startServer(
    createConnection(() => server, watchDog, ProposedFeatures.all),
    nodeFileSystem,
  )
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  )
  client.listen()
  onTestFinished(() => {
    client.dispose()
    server.dispose()
  })
  return { handled, sent, client }
}

/** The same connection; the methods of handlers and messages are written into the maps. */
function recording(
  connection: ProtocolConnection,
  handled: Map<string, Kind>,
  sent: Map<string, Kind>,
): ProtocolConnection {
  const note =
    (map: Map<string, Kind>, kind: Kind, action: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      const [type] = args as [string | { method: string } | (() => void)]
      // A function alone is what answers to all that has no handler.
      if (typeof type !== 'function') map.set(typeof type === 'string' ? type : type.method, kind)
      return action(...args)
    }
  const original = { ...connection } as unknown as Record<string, (...args: unknown[]) => unknown>
  const method = (name: string) => original[name] as (...args: unknown[]) => unknown
  return {
    ...connection,
    onRequest: note(handled, 'request', method('onRequest')),
    onNotification: note(handled, 'notification', method('onNotification')),
    sendRequest: note(sent, 'request', method('sendRequest')),
    sendNotification: note(sent, 'notification', method('sendNotification')),
    onProgress: connection.onProgress,
    sendProgress(type, token, value) {
      sent.set('$/progress', 'notification')
      return connection.sendProgress(type, token, value)
    },
  } as ProtocolConnection
}
