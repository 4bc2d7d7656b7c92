import { run } from './run'
import { processTerminal } from './terminal'

// A reader that has seen enough (`cnnlint summary … | head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
}

run(process.argv.slice(2), processTerminal()).then((status) => {
  // Not process.exit, which would lose what is still on its way to a pipe.
  process.exitCode = status
})
