// A real VS Code without a desktop: VS Code's own server and web client, shown by Chromium.
// Whatever is missing is installed first; a second call finds everything in place and does nothing.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { installDebianPackage } from './debian.mjs'
import { findOnPath, isExecutable, run, say } from './process.mjs'

/** The npm package that ships VS Code's server, and the Node release that this VS Code is made for. */
const CODE_SERVER = '4.139.1'
const NODE = '24.21.0'

const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cnnlint')

/**
 * @typedef {{ node: string, serverMain: string }} Installation Node's executable and the server's main script.
 * @typedef {{ url: (folder: string) => string, stop: () => Promise<void> }} RunningServer
 */

/**
 * Installs VS Code's server into the user's cache folder unless it is there.
 * @returns {Promise<Installation>}
 */
export async function installServer() {
  const folder = join(cacheFolder, `vscode-${CODE_SERVER}-node-${NODE}`)
  if (!existsSync(folder)) {
    say(
      `Installing VS Code's server (code-server ${CODE_SERVER}, Node ${NODE}) into ${folder}; about 600 MB, once.`,
    )
    await mkdir(cacheFolder, { recursive: true })
    // The folder gets its name when it is complete, so an interrupted installation is never taken for a whole one.
    const unfinished = await mkdtemp(join(cacheFolder, 'installing-'))
    await writeFile(join(unfinished, 'package.json'), '{ "private": true }\n')
    await npmInstall(unfinished, [`code-server@${CODE_SERVER}`, `${nodePackage}@${NODE}`])
    await npmInstall(vscodeFolder(unfinished), ['--omit=dev'])
    await rename(unfinished, folder).catch(async (error) => {
      await rm(unfinished, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    })
  }
  return {
    node: join(
      folder,
      'node_modules',
      nodePackage,
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    ),
    serverMain: join(vscodeFolder(folder), 'out', 'server-main.js'),
  }
}

/** @param {string} folder */
const vscodeFolder = (folder) => join(folder, 'node_modules', 'code-server', 'lib', 'vscode')

/**
 * Native modules stay unbuilt: that costs VS Code's terminal and native file watcher, which nothing here needs.
 * @param {string} cwd
 * @param {string[]} args
 */
function npmInstall(cwd, args) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  return run('npm', ['install', ...quiet, ...args], { cwd, shell: process.platform === 'win32' })
}

/**
 * The path of a Chromium: `$CHROMIUM`, one on PATH, one where desktop systems put it, or Debian's, installed now.
 * @returns {Promise<string>}
 */
export async function installChromium() {
  const found = findChromium()
  if (found) return found
  if (!(await installDebianPackage('chromium'))) {
    throw new Error('No Chromium or Chrome was found. Install one, or name it in the variable CHROMIUM.')
  }
  const installed = findChromium()
  if (!installed) throw new Error('The package chromium was installed, yet no chromium is on PATH.')
  return installed
}

/** @returns {string | undefined} */
function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
  const applications = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ]
  return names.map(findOnPath).find(Boolean) ?? applications.find(isExecutable)
}

/** VS Code's own settings: an editor without the chat beside it and its entries in the menu of fixes. */
const settings = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'git.openRepositoryInParentFolders': 'never',
  // As on the desktop; in a browser the default is to save after a second.
  'files.autoSave': 'off',
}

/** Chromium's arguments for a test: no sandbox (a container's root has none), no traffic of its own. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts VS Code's server on 127.0.0.1 with the extension in it, and resolves when it answers.
 * With a suite, the page runs that suite in the extension host (and shows no messages); without one, it is a
 * VS Code for a person.
 * @param {{ extension: string, suite?: string, page?: 'readme' | 'none' }} options Absolute paths: the extension's
 *   folder, and a compiled suite that exports `run()`. And what is opened first, which must be there.
 * @returns {Promise<RunningServer>}
 */
export async function startServer({ extension, suite, page = 'none' }) {
  const { node, serverMain } = await installServer()
  const port = await freePort()
  // Other users of this machine reach 127.0.0.1 too; only who knows the token gets in.
  const token = randomUUID()
  const dataFolder = await makeDataFolder(suite ? undefined : extension, page)
  const args = ['--host', '127.0.0.1', '--port', String(port), '--connection-token', token]
  args.push('--server-data-dir', dataFolder, '--extensions-dir', join(dataFolder, 'extensions'))
  args.push('--accept-server-license-terms', '--disable-telemetry', '--disable-workspace-trust')
  // Without this flag the page ignores the payload that names the suite; with it, it hides its messages.
  if (suite) args.push('--enable-smoke-test-driver')
  const child = spawn(node, [serverMain, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-10_000)
    })
  }
  const ended = new Promise((resolve) => child.once('exit', resolve))
  // Whoever forgets to stop the server, or fails before it could, does not leave it behind.
  const kill = () => child.kill()
  process.once('exit', kill)
  const stop = async () => {
    process.off('exit', kill)
    kill()
    await ended
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  const failed = ended.then((code) => {
    throw new Error(`VS Code's server ended with status ${code}:\n${output}`)
  })
  try {
    await Promise.race([answers(port), failed])
  } catch (error) {
    await stop()
    throw error
  }
  // After the start an early end shows itself in the page; the promise must not become an unhandled rejection.
  failed.catch(() => {})

  const origin = `127.0.0.1:${port}`
  /** @param {string} path */
  const remote = (path) => `vscode-remote://${origin}${path}`
  const payload = suite && [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(suite)],
  ]
  return {
    stop,
    url: (folder) => {
      const query = new URLSearchParams({ tkn: token, folder })
      if (payload) query.set('payload', JSON.stringify(payload))
      return `http://${origin}/?${query}`
    },
  }
}

/**
 * A new folder for the server's data, with its settings and, if named, an extension as an installed one.
 * @param {string | undefined} extension
 * @param {'readme' | 'none'} page
 */
async function makeDataFolder(extension, page) {
  const folder = await mkdtemp(join(tmpdir(), 'cnnlint-vscode-'))
  const machine = join(folder, 'data', 'Machine')
  await mkdir(machine, { recursive: true })
  const startup = { 'workbench.startupEditor': page }
  await writeFile(join(machine, 'settings.json'), JSON.stringify({ ...settings, ...startup }))
  const extensions = join(folder, 'extensions')
  await mkdir(extensions)
  if (extension) {
    const { publisher, name, version } = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'))
    // A link, so that a new build takes effect when the window is reloaded.
    await symlink(extension, join(extensions, `${publisher}.${name}-${version}`), 'junction')
  }
  return folder
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * Resolves when the server answers at all; without its token it refuses, which is an answer too.
 * @param {number} port
 */
async function answers(port) {
  const end = Date.now() + 60_000
  while (Date.now() < end) {
    if (await fetch(`http://127.0.0.1:${port}/version`).catch(() => undefined)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`VS Code's server on port ${port} did not answer within a minute.`)
}
