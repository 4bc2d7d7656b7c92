// Builds the extension and packs it into cnnlint-VERSION.vsix; prints what is in it and its size.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build, kilobytes } from './build.mjs'
import { root, runTool } from './process.mjs'

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const file = `${name}-${version}.vsix`
// The maps of the sources are not in the package, so that nothing may name them.
await build({ sourcemap: false })
// The bundles hold their dependencies. Links in the README stay relative: no repository is declared.
await runTool('vsce', [
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '--out',
  file,
])
console.log(`  ${file.padEnd(20)} ${kilobytes(statSync(join(root, file)).size)}`)
