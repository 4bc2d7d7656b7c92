import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as esbuild from 'esbuild'
import { root, say } from '../../scripts/process.mjs'
import { openVSCode, resultsFolder, scratchWorkspace } from './page'
import type { Result } from './suite/index'

/** Longer than the whole suite ever takes; what lasts longer hangs. */
const TIMEOUT_MS = 240_000

/** Runs the suite in the extension host of a real VS Code and returns what each of its tests did. */
export async function runSuite(): Promise<Result[]> {
  const suite = await compileSuite()
  const folder = await scratchWorkspace('suite')
  const desktop = await canUseDesktop()
  say(`Running the suite in VS Code ${desktop ? 'for the desktop' : 'for the browser'}`)
  // The outcome is in the results; an error explains why there are none.
  const failure = await (desktop ? runOnDesktop : runInBrowser)(suite, folder).catch(
    (error: unknown) => error,
  )
  const results = await readFile(join(folder, 'results.json'), 'utf8').catch(() => undefined)
  const known: Result[] = results === undefined ? [] : JSON.parse(results)
  // Every failed test says why; an end without one (no results, a crash on the way) is a failure of its own.
  if (known.length > 0 && known.some(({ error }) => error !== undefined)) return known
  if (failure !== undefined) throw failure
  return known
}

async function compileSuite(): Promise<string> {
  const outfile = join(root, 'out', 'e2e', 'suite.cjs')
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/suite/index.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    outfile,
  })
  return outfile
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

async function runInBrowser(suite: string, folder: string): Promise<void> {
  const log: string[] = []
  let tellExit = (_code: number) => {}
  const exit = new Promise<number>((resolve) => {
    tellExit = resolve
  })
  const { page, close } = await openVSCode({
    folder,
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
