import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { command, type ExitStatus } from '../command'

export const lsp = command({
  name: 'lsp',
  summary: 'Start the language server for an editor',
  arguments: { usage: '', min: 0, max: 0 },
  details: ['Speaks the Language Server Protocol on standard input and standard output.'],
  examples: ['lsp --stdio'],
  options: {
    stdio: {
      kind: 'flag',
      help: 'Use standard input and output: the only way there is, so it may be left out',
    },
    clientProcessId: {
      kind: 'text',
      value: 'PID',
      help: 'The process of the editor: the server ends when that does',
    },
  },
  async run(): Promise<ExitStatus> {
    // The server's transport reads the arguments by itself, and insists on being told.
    if (!process.argv.includes('--stdio')) process.argv.push('--stdio')
    // By name: the server is a program of its own beside this one, and starts when it is loaded.
    await import(pathToFileURL(join(__dirname, 'server.cjs')).href)
    return 0
  },
})
