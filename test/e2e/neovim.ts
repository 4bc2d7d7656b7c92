import { execFile, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../scripts/process.mjs'

/** A Neovim without a screen, and the file that it shows. */
export interface Neovim {
  /** Runs Lua in it and gives what the code returns. */
  lua(code: string): Promise<unknown>
  /** Runs Lua again and again until it returns something else than nil and false. */
  until<T>(what: string, code: string): Promise<T>
  /** Types keys as a user does, in the notation of key mappings (`<Esc>`). */
  type(keys: string): Promise<void>
  close(): Promise<void>
}

/** Longer than anything takes on a machine that is busy with other tests. */
const PATIENCE_MS = 45_000

/** Starts Neovim with a configuration, on a new file with a text; `cnnlint` is on its PATH as built. */
export async function openNeovim(program: string, configuration: string, text: string): Promise<Neovim> {
  const folder = await mkdtemp(join(tmpdir(), 'cnnlint-neovim-'))
  const [file, init, socket, bin] = ['net.cnn', 'init.lua', 'socket', 'bin'].map((name) => join(folder, name))
  await writeFile(file as string, text)
  await writeFile(init as string, configuration)
  await mkdir(bin as string)
  await chmod(join(root, 'dist', 'cli.cjs'), 0o755)
  await symlink(join(root, 'dist', 'cli.cjs'), join(bin as string, 'cnnlint'))
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    // Nothing of the user's own configuration, state and plugins.
    ...Object.fromEntries(['CONFIG', 'DATA', 'STATE', 'CACHE'].map((of) => [`XDG_${of}_HOME`, folder])),
  }
  const options = ['--headless', '-n', '-i', 'NONE', '-u', init as string, '--listen', socket as string]
  const child = spawn(program, [...options, file as string], { env, cwd: folder, stdio: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk
    })
  }
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', (error) => {
      output += error.message
      resolve()
    })
  })
  const isRunning = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined

  const lua = async (code: string): Promise<unknown> => {
    // Double-quoted strings have the escapes of JSON in Vim.
    const expression = `json_encode(luaeval("assert(loadstring(_A))()", ${JSON.stringify(code)}))`
    const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '--server', socket as string]
    const { stdout, stderr } = await promisify(execFile)(program, [...args, '--remote-expr', expression], {
      env,
      timeout: PATIENCE_MS,
    })
    const answer = stdout.trim() || stderr.trim()
    try {
      return JSON.parse(answer)
    } catch {
      throw new Error(`Neovim does not run\n${code}\n${answer}\n${output}`)
    }
  }
  const until = async <T>(what: string, code: string): Promise<T> => {
    const end = Date.now() + PATIENCE_MS
    for (;;) {
      // While Neovim starts, nobody listens yet.
      const value = await lua(code).catch((error) => (Date.now() > end ? Promise.reject(error) : undefined))
      if (value !== undefined && value !== null && value !== false) return value as T
      if (Date.now() > end || !isRunning()) {
        throw new Error(`Neovim was waited for in vain: ${what}.\n${output}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return {
    lua,
    until,
    async type(keys) {
      const typed = JSON.stringify(keys)
      await lua(
        `vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(${typed}, true, true, true), 'm', false)`,
      )
    },
    async close() {
      // The answer is lost when Neovim is gone before it is sent.
      if (isRunning()) await lua(`vim.schedule(function() vim.cmd('qall!') end)`).catch(() => child.kill())
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
