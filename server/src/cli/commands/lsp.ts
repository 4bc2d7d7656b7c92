import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { command, type ExitStatus, UsageError } from '../command'

/** The options that say how the editor talks to the server, as `vscode-languageserver` reads them. */
const TRANSPORTS = ['stdio', 'socket', 'pipe', 'node-ipc'] as const

const MOST_PORTS = 65535

export const lsp = command({
  name: 'lsp',
  summary: 'Start the language server for an editor',
  arguments: { usage: '', min: 0, max: 0 },
  details: [
    'Speaks the Language Server Protocol: on standard input and standard output, or over a connection that the editor waits for.',
  ],
  examples: ['lsp --stdio', 'lsp --socket=6008'],
  options: {
    stdio: {
      kind: 'flag',
      help: 'Use standard input and output, as without any of these options',
    },
    socket: { kind: 'count', value: 'PORT', help: 'Connect to a port of this machine' },
    pipe: {
      kind: 'text',
      value: 'NAME',
      help: 'Connect to a named pipe, or to a socket in the file system',
    },
    'node-ipc': {
      kind: 'flag',
      help: 'Use the channel of the program in Node that has started this one',
    },
    clientProcessId: {
      kind: 'text',
      value: 'PID',
      help: 'The process of the editor: the server ends when that does',
    },
  },
  async run({ options }): Promise<ExitStatus> {
    const chosen = TRANSPORTS.filter((name) => options[name])
    if (chosen.length > 1) {
      throw new UsageError(`${chosen.map((name) => `--${name}`).join(' and ')}: give one of them`)
    }
    const { socket = MOST_PORTS } = options
    if (socket < 1 || socket > MOST_PORTS) {
      throw new UsageError(`--socket needs the number of a port, from 1 to ${MOST_PORTS}, not ${socket}`)
    }
    if (options['node-ipc'] && process.send === undefined) {
      throw new UsageError('--node-ipc needs a program in Node that has started this one with a channel')
    }
    // The server's transport reads the arguments by itself, and insists on being told.
    if (chosen.length === 0) process.argv.push('--stdio')
    // By name: the server is a program of its own beside this one, and starts when it is loaded.
    await import(pathToFileURL(join(__dirname, 'server.cjs')).href)
    return 0
  },
})
