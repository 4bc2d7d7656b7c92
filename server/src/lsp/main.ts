import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { nodeFileSystem } from './node-files'
import { describeError } from './requests'
import { startServer } from './server'

/** The entry of the server as a Node process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`. */
function main(): void {
  const connection = createConnection(ProposedFeatures.all)
  // A fault that no request is to blame for must not end the server: the client would have to start it again.
  process.on('unhandledRejection', (reason) => connection.console.error(describeError(reason)))
  process.on('uncaughtException', (error) => connection.console.error(describeError(error)))
  startServer(connection, nodeFileSystem)
}

main()
