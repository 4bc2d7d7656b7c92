import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { nodeFileSystem } from './node-files'
import { describeError } from './requests'
import { startServer } from './server'

/** How a client may talk to the server; `vscode-languageserver` reads the arguments itself. */
const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe']

/** The entry of the server as a Node process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`. */
function main(): void {
  if (
    !TRANSPORTS.some((transport) => process.argv.slice(2).some((argument) => argument.startsWith(transport)))
  ) {
    process.stderr.write(`The language server is started with one of ${TRANSPORTS.join(', ')}.\n`)
    process.exit(2)
  }
  const connection = createConnection(ProposedFeatures.all)
  // An error outside of any request must not end the server: the client would have to start it again.
  const report = (error: unknown) => {
    try {
      connection.console.error(describeError(error))
    } catch {
      // The client is gone: nobody reads the log, and nobody is left to serve.
      process.exit(1)
    }
  }
  process.on('unhandledRejection', report)
  process.on('uncaughtException', report)
  startServer(connection, nodeFileSystem)
}

main()
