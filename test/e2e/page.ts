import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { root } from '../../scripts/process.mjs'
import { chromiumArguments, installChromium, startServer } from '../../scripts/vscode.mjs'

/** Where screenshots and logs go; git ignores the folder. */
export const resultsFolder = join(root, 'test-results')

/** Where copies and compiled tests go; git ignores the folder. */
export const outFolder = join(root, 'out', 'e2e')

/** Fresh copies of the fixtures and of the examples, which a test may change and save as it likes. */
export async function scratchWorkspace(name: string): Promise<string> {
  const folder = join(outFolder, name)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await cp(join(root, 'test', 'e2e', 'workspace'), folder, { recursive: true })
  await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
  return folder
}

/** The extension as a browser gets it: VS Code runs what has an entry for browsers alone beside the page. */
export async function webExtension(): Promise<string> {
  const folder = join(outFolder, 'extension-web')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const { main: _, ...manifest } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  for (const part of ['dist', 'grammar', 'media', 'schemas']) {
    await symlink(join(root, part), join(folder, part), 'junction')
  }
  return folder
}

export interface OpenOptions {
  readonly folder: string
  /** The folder of the extension; by default the project. */
  readonly extension?: string
  /** A compiled suite to run in the extension host. */
  readonly suite?: string
  /** Called before the page is opened, for functions that it shall find. */
  readonly prepare?: (page: Page) => Promise<void>
}

export interface VSCodePage {
  readonly page: Page
  close(): Promise<void>
}

/** Opens VS Code on a folder in a headless Chromium, the extension under development loaded. */
export async function openVSCode(options: OpenOptions): Promise<VSCodePage> {
  const { folder, extension = root, suite, prepare } = options
  const executablePath = await installChromium()
  const server = await startServer({ extension, ...(suite ? { suite } : {}) })
  const browser = await chromium.launch({ executablePath, args: chromiumArguments })
  const close = async () => {
    await browser.close()
    await server.stop()
  }
  try {
    const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    await prepare?.(page)
    await page.goto(server.url(folder))
    await page.waitForSelector('.monaco-workbench', { timeout: 60_000 })
    return { page, close }
  } catch (error) {
    await close()
    throw error
  }
}
