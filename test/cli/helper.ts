import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, inject } from 'vitest'
import { run } from '../../server/src/cli/run'
import type { Output } from '../../server/src/cli/terminal'

const here = dirname(fileURLToPath(import.meta.url))

interface CliResult {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

interface CliOptions {
  readonly input?: string
  /** Below the folder of the fixtures. */
  readonly cwd?: string
}

interface ProcessOptions extends CliOptions {
  readonly env?: Readonly<Record<string, string>>
}

export interface Cli {
  /** Runs a command in this process, its output through no stream: one at a time. */
  (args: readonly string[], options?: CliOptions): Promise<CliResult>
  /** Runs a command as users do: the program that is shipped, in a process of its own. */
  process(args: readonly string[], options?: ProcessOptions): Promise<CliResult>
  /** A copy of the fixtures of its own for each file of tests: the folder that the commands run in. */
  readonly folder: string
  readonly program: string
}

export function useCli(): Cli {
  const home = mkdtempSync(join(tmpdir(), 'cnnlint-cli-'))
  const folder = join(home, 'fixtures')
  const program = join(inject('programs'), 'cli.cjs')
  cpSync(join(here, 'fixtures'), folder, { recursive: true })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  async function inProcess(args: readonly string[], { input = '', cwd = '' }: CliOptions = {}) {
    const [out, err] = [recorded(), recorded()]
    const before = process.cwd()
    process.chdir(join(folder, cwd))
    try {
      const status = await run(args, { out, err, readInput: async () => input })
      return { status, out: out.text(), err: err.text() }
    } finally {
      process.chdir(before)
    }
  }

  const asProcess = (args: readonly string[], { input = '', env = {}, cwd = '' }: ProcessOptions = {}) =>
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
  return Object.assign(inProcess, { process: asProcess, folder, program })
}

/** An output like a pipe: without colours, and as wide as it likes. */
export function recorded(): Output & { readonly text: () => string } {
  let all = ''
  return {
    write: (text) => {
      all += text
    },
    paint: (_, text) => text,
    columns: undefined,
    text: () => all,
  }
}
