import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as esbuild from 'esbuild'
import { root, say } from '../../scripts/process.mjs'
import { openVSCode, outFolder, resultsFolder, scratchWorkspace, webExtension } from './page'
import type { Result } from './suite/index'

/** Longer than the whole suite ever takes; what lasts longer hangs. */
const TIMEOUT_MS = 240_000

/** Runs the suite against the desktop's build, in the extension host of a real VS Code. */
export async function runNodeSuite(): Promise<Result[]> {
  const suite = join(outFolder, 'suite.cjs')
  await compileSuite(suite)
  const desktop = await canUseDesktop()
  say(`Running the suite in VS Code ${desktop ? 'for the desktop' : 'for the browser'}`)
  return resultsOf('suite', (folder) =>
    desktop ? runOnDesktop(suite, folder) : runInBrowser(root, suite, folder),
  )
}

/** Runs the suite against the build for browsers, in the extension host that is a worker of the page. */
export async function runWebSuite(): Promise<Result[]> {
  const extension = await webExtension()
  // A suite runs where the extension runs that it lies in.
  const suite = join(extension, 'suite.cjs')
  await compileSuite(suite)
  say('Running the suite in the web worker extension host')
  return resultsOf('suite-web', (folder) => runInBrowser(extension, suite, folder))
}

/** Runs the suite on a workspace of its own and returns what each of its tests did. */
async function resultsOf(name: string, run: (folder: string) => Promise<void>): Promise<Result[]> {
  const folder = await scratchWorkspace(name)
  // The outcome is in the results; an error explains why there are none.
  const failure = await run(folder).catch((error: unknown) => error)
  const results = await readFile(join(folder, 'results.json'), 'utf8').catch(() => undefined)
  const known: Result[] = results === undefined ? [] : JSON.parse(results)
  // Every failed test says why; an end without one (no results, a crash on the way) is a failure of its own.
  if (known.length > 0 && known.some(({ error }) => error !== undefined)) return known
  if (failure !== undefined) throw failure
  return known
}

/** Bundles the suite, which uses nothing that a browser does not have. */
async function compileSuite(outfile: string): Promise<void> {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/suite/index.ts'],
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    outfile,
  })
}

/** Desktop VS Code needs a display, and a host to download it from; `CNNLINT_VSCODE=browser` rules it out. */
async function canUseDesktop(): Promise<boolean> {
  const wanted = process.env.CNNLINT_VSCODE
  if (wanted) return wanted === 'desktop'
  if (process.platform === 'linux' && !process.env.DISPLAY) return false
  const releases = 'https://update.code.visualstudio.com/api/releases/stable'
  return fetch(releases, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  )
}

async function runOnDesktop(suite: string, folder: string): Promise<void> {
  const { runTests } = await import('@vscode/test-electron')
  const launchArgs = [folder, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome']
  await runTests({ extensionDevelopmentPath: root, extensionTestsPath: suite, launchArgs })
}

async function runInBrowser(extension: string, suite: string, folder: string): Promise<void> {
  const log: string[] = []
  let tellExit = (_code: number) => {}
  const exit = new Promise<number>((resolve) => {
    tellExit = resolve
  })
  const { page, close } = await openVSCode({
    folder,
    extension,
    suite,
    prepare: async (page) => {
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        log.push(`${type}: ${args.join(' ')}`)
      })
      await page.exposeFunction('codeAutomationExit', (code: number) => tellExit(code))
    },
  })
  const timeout = setTimeout(() => tellExit(-1), TIMEOUT_MS)
  try {
    const code = await exit
    if (code === -1) await page.screenshot({ path: join(resultsFolder, 'suite-hangs.png') })
    if (code !== 0) {
      const outcome = code === -1 ? `did not end within ${TIMEOUT_MS / 1000} s` : `ended with status ${code}`
      throw new Error(`The suite ${outcome}:\n${log.slice(-40).join('\n')}`)
    }
  } finally {
    clearTimeout(timeout)
    await close()
  }
}
