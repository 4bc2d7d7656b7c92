// Bundles the extension, the language server and the command line into dist/, and prints their sizes.
// `node scripts/build.mjs --watch` rebuilds on every change.
import { writeFileSync } from 'node:fs'
import { copyFile, mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'
import { NOTICES, noticesOf } from './notices.mjs'
import { root, run, say } from './process.mjs'

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  outdir: 'dist',
  // Names are left as they are: they are part of stack traces, and keeping them in another way costs every
  // closure that is made some microseconds.
  minifySyntax: true,
  minifyWhitespace: true,
  // What Node would take requires its parts in a way that no bundler follows.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
}

/** @type {esbuild.BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // A package asks for its own address when it is loaded, which a CommonJS module does not have.
  define: { 'import.meta.url': '__filename' },
}

/** @type {esbuild.BuildOptions} */
const browser = { ...common, platform: 'browser', target: 'es2022' }

/**
 * Every program with how it is bundled.
 * @type {esbuild.BuildOptions[]}
 */
export const bundles = [
  { ...node, entryPoints: { extension: 'client/src/extension.ts' }, external: ['vscode'] },
  { ...node, entryPoints: { server: 'server/src/lsp/main.ts' } },
  { ...node, entryPoints: { cli: 'server/src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  // VS Code's extension host in the browser loads CommonJS, and takes `.js` for something else by the manifest.
  {
    ...browser,
    entryPoints: { 'extension.web': 'client/src/browser.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
  },
  { ...browser, entryPoints: { 'server.web': 'server/src/lsp/browser.ts' }, format: 'iife' },
]

/**
 * Builds everything; rejects when a file has an error, which esbuild prints with its place.
 * @param {Pick<esbuild.BuildOptions, 'sourcemap'>} [changes] How the bundles differ from those for development.
 */
export async function build(changes = {}) {
  const start = performance.now()
  await rm(join(root, 'dist'), { recursive: true, force: true })
  const [results] = await Promise.all([
    Promise.all(bundles.map((options) => esbuild.build({ ...options, ...changes, metafile: true }))),
    writeTemplates(),
    copyRecorder(),
  ])
  writeFileSync(join(root, 'dist', NOTICES), noticesOf(results))
  for (const { entryPoints, outExtension } of bundles) {
    for (const name of Object.keys(entryPoints ?? {})) {
      const path = `dist/${name}${outExtension?.['.js'] ?? '.js'}`
      console.log(`  ${path.padEnd(25)} ${kilobytes((await stat(join(root, path))).size)}`)
    }
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

/** The script that the user's Python runs to record a model. */
const RECORDER = 'server/src/interop/from/pytorch/dump.py'

async function copyRecorder() {
  await mkdir(join(root, 'dist'), { recursive: true })
  await copyFile(join(root, RECORDER), join(root, 'dist/dump.py'))
}

/** Takes the templates for new networks from the examples. */
const writeTemplates = () => run(process.execPath, ['scripts/run.mjs', 'scripts/templates/main.ts'])

async function watch() {
  const contexts = await Promise.all(
    bundles.map((options) => esbuild.context({ ...options, logLevel: 'info' })),
  )
  await Promise.all([...contexts.map((context) => context.watch()), writeTemplates(), copyRecorder()])
  say('Watching; Ctrl-C ends it')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await (process.argv.includes('--watch') ? watch() : build())
}
