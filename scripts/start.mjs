// Builds the extension and opens VS Code on examples/ (or on the folder named as the argument) with it loaded:
// the desktop's `code` where there is one, otherwise VS Code in the browser, until Ctrl-C.
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from './build.mjs'
import { findOnPath, root, run, say } from './process.mjs'
import { startServer } from './vscode.mjs'

const folder = resolve(root, process.argv[2] ?? 'examples')
/** Says what to try. */
const readme = join(folder, 'README.md')
await build()
const desktop = findOnPath('code')
if (desktop) {
  say(`Opening ${folder} in desktop VS Code`)
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, folder]
  // The settings of examples/ show it as a page.
  if (existsSync(readme)) args.push(readme)
  await run(desktop, args, { shell: process.platform === 'win32' })
} else {
  await serve()
}

async function serve() {
  say('No `code` on PATH: starting VS Code for the browser')
  const ended = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
  const server = await startServer({ extension: root, page: existsSync(readme) ? 'readme' : 'none' })
  say('Open this address in a browser; Ctrl-C ends it:')
  console.log(`\n  ${server.url(folder)}\n`)
  await ended
  say('Stopping')
  await server.stop()
}
