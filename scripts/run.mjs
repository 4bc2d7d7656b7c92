// Runs a TypeScript program of the project: node scripts/run.mjs FILE.ts [ARGUMENT…].
// Node 20 does not read TypeScript, so the program is bundled first, its packages left where they are.
import { rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'
import { root } from './process.mjs'

const [entry, ...args] = process.argv.slice(2)
if (!entry) {
  console.error('Usage: node scripts/run.mjs FILE.ts [ARGUMENT…]')
  process.exit(2)
}
// Inside the project, so that the packages are found; one file per process, so that two runs do not meet.
const program = join(root, 'out', 'run', `${basename(entry, '.ts')}-${process.pid}.mjs`)
await esbuild.build({
  absWorkingDir: root,
  entryPoints: [resolve(root, entry)],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
  outfile: program,
  logLevel: 'warning',
})
process.setSourceMapsEnabled(true)
process.argv = [process.argv[0] ?? '', program, ...args]
try {
  await import(pathToFileURL(program).href)
} finally {
  await rm(program, { force: true })
}
