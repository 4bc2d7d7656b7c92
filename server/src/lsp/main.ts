import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { parseArgs } from 'node:util'
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { nodeFileSystem } from './node-files'
import { describeError } from './requests'
import { startServer } from './server'

/** How a client may talk to the server. */
const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe']

/** The entry of the server as a Node process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`. */
async function main(): Promise<void> {
  const args = process.argv.slice(2)
  if (!TRANSPORTS.some((transport) => args.some((argument) => argument.startsWith(transport)))) {
    process.stderr.write(`The language server is started with one of ${TRANSPORTS.join(', ')}.\n`)
    process.exit(2)
  }
  const socket = await connected(args)
  const connection = socket
    ? createConnection(ProposedFeatures.all, socket, socket)
    : // The streams of the process and its channel are read from the arguments.
      createConnection(ProposedFeatures.all)
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

/** The connection that the client waits for, where it does; without one the process ends and says so. */
async function connected(args: readonly string[]): Promise<Socket | undefined> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args: [...args], strict: false, options: { socket: text, pipe: text } })
  const { socket: port, pipe } = values
  if (typeof port !== 'string' && typeof pipe !== 'string') return undefined
  try {
    const socket = typeof port === 'string' ? connect(Number(port), '127.0.0.1') : connect(String(pipe))
    await once(socket, 'connect')
    return socket
  } catch (error) {
    const what = typeof port === 'string' ? `port ${port}` : `'${pipe}'`
    process.stderr.write(`Nothing can be reached at ${what}: ${(error as Error).message}\n`)
    process.exit(2)
  }
}

void main()
