import {
  type Connection,
  ErrorCodes,
  InitializeRequest,
  type InitializeResult,
  ResponseError,
} from 'vscode-languageserver'
import { version } from '../../../package.json'
import { mergeCapabilities } from './capabilities'
import { FEATURES } from './features'
import { readServerConfig, type ServerConfig } from './server-config'
import { createServices } from './services'
import { DOCUMENT_CAPABILITIES } from './services/documents'
import type { FileStore } from './services/files'

/**
 * Serves the protocol on a connection until the client ends it. Nothing here depends on Node: files are read
 * through `disk`, and what is not on a disk, or where there is none, through the client.
 *
 * The client's `initialize` settles the configuration; the services and all handlers are made with it. Before, every
 * request is refused and every notification dropped, since there is nothing to handle them.
 */
export function startServer(connection: Connection, disk: FileStore | undefined): void {
  const refusal = connection.onRequest(refuseBeforeStart)
  connection.onShutdown(refuseBeforeStart)
  connection.onInitialize((params) => {
    const config = readServerConfig(params)
    const services = createServices({ connection, config, disk })
    for (const feature of FEATURES) feature.register?.(services)
    refusal.dispose()
    connection.onShutdown(() => services.stop())
    // In place of the library's own handler, which would reset its state before it calls ours.
    connection.onRequest(InitializeRequest.type, refuseSecondStart)
    return initializeResult(config)
  })
  connection.listen()
}

function refuseBeforeStart(): never {
  throw new ResponseError(ErrorCodes.ServerNotInitialized, 'The server has not been initialized.')
}

function refuseSecondStart(): never {
  throw new ResponseError(ErrorCodes.InvalidRequest, 'The server has been initialized already.')
}

function initializeResult(config: ServerConfig): InitializeResult {
  const announced = FEATURES.map((feature) => feature.capabilities?.(config) ?? {})
  return {
    serverInfo: { name: 'cnnlint', version },
    capabilities: mergeCapabilities([
      { positionEncoding: config.encoding },
      DOCUMENT_CAPABILITIES,
      ...announced,
    ]),
  }
}
