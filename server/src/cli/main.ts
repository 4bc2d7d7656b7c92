import { reason } from './files'
import { run } from './run'
import { complain, processTerminal } from './terminal'

const terminal = processTerminal()

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`cnnlint summary … | head`) is no error.
    if (error.code === 'EPIPE') process.exit()
    if (stream === process.stdout) complain(terminal, `cannot write the output: ${reason(error)}`)
    process.exit(2)
  })
}

run(process.argv.slice(2), terminal).then((status) => {
  // Not process.exit, which would lose what is still on its way to a pipe.
  process.exitCode = status
})
