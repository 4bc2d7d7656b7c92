// Bundles the extension, the language server and the command line into dist/, and prints their sizes.
// `node scripts/build.mjs --watch` rebuilds on every change.
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'
import { root, say } from './process.mjs'

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  // Names are left as they are: they are part of stack traces, and keeping them in another way costs every
  // closure that is made some microseconds.
  minifySyntax: true,
  minifyWhitespace: true,
  // A package asks for its own address when it is loaded, which a CommonJS module does not have.
  define: { 'import.meta.url': '__filename' },
  // What Node would take requires its parts in a way that no bundler follows.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
}

/**
 * Every program with how it is bundled.
 * @type {esbuild.BuildOptions[]}
 */
export const bundles = [
  { ...common, entryPoints: { extension: 'client/src/extension.ts' }, external: ['vscode'] },
  { ...common, entryPoints: { server: 'server/src/lsp/main.ts' } },
  { ...common, entryPoints: { cli: 'server/src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
]

/** Builds everything; rejects when a file has an error, which esbuild prints with its place. */
export async function build() {
  const start = performance.now()
  await rm(join(root, 'dist'), { recursive: true, force: true })
  await Promise.all(bundles.map((options) => esbuild.build(options)))
  const names = bundles.flatMap(({ entryPoints }) => Object.keys(entryPoints ?? {}))
  for (const name of names) {
    const path = `dist/${name}.cjs`
    console.log(`  ${path.padEnd(20)} ${kilobytes((await stat(join(root, path))).size)}`)
  }
  say(`Built in ${Math.round(performance.now() - start)} ms`)
}

/**
 * A size for people: `1,234.5 kB`, right-aligned.
 * @param {number} bytes
 */
export const kilobytes = (bytes) =>
  `${(bytes / 1000).toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} kB`.padStart(
    12,
  )

async function watch() {
  const contexts = await Promise.all(
    bundles.map((options) => esbuild.context({ ...options, logLevel: 'info' })),
  )
  await Promise.all(contexts.map((context) => context.watch()))
  say('Watching; Ctrl-C ends it')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await (process.argv.includes('--watch') ? watch() : build())
}
