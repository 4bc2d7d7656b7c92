import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll } from 'vitest'
import { bundles } from '../../scripts/build.mjs'

const here = dirname(fileURLToPath(import.meta.url))

export interface CliResult {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

export interface CliOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  /** Below the folder of the fixtures. */
  readonly cwd?: string
}

export interface Cli {
  (args: readonly string[], options?: CliOptions): Promise<CliResult>
  /** A copy of the fixtures of its own for each file of tests: the folder that the commands run in. */
  readonly folder: string
  readonly program: string
}

/** The command line as users have it: bundled once for a file of tests, and run as a child process. */
export function useCli(): Cli {
  const home = mkdtempSync(join(tmpdir(), 'cnnlint-cli-'))
  const folder = join(home, 'fixtures')
  const program = join(home, 'dist', 'cli.cjs')
  beforeAll(async () => {
    mkdirSync(folder)
    cpSync(join(here, 'fixtures'), folder, { recursive: true })
    // As they are shipped, but elsewhere, and without what only VS Code can start.
    const programs = bundles.filter(({ external = [] }) => !external.includes('vscode'))
    await Promise.all(programs.map((options) => build({ ...options, outdir: dirname(program) })))
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  const cli = (args: readonly string[], { input = '', env = {}, cwd = '' }: CliOptions = {}) =>
    new Promise<CliResult>((resolve, reject) => {
      const { NO_COLOR: _no, FORCE_COLOR: _force, ...plain } = process.env
      const child = spawn(process.execPath, [program, ...args], {
        cwd: join(folder, cwd),
        env: { ...plain, ...env },
      })
      let [out, err] = ['', '']
      child.stdout.setEncoding('utf8').on('data', (text) => {
        out += text
      })
      child.stderr.setEncoding('utf8').on('data', (text) => {
        err += text
      })
      child.once('error', reject)
      child.once('close', (status) => resolve({ status, out, err }))
      child.stdin.on('error', () => {})
      child.stdin.end(input)
    })
  return Object.assign(cli, { folder, program })
}
