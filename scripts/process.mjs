// Child processes as the scripts need them: what is being run is said on the screen, a failure is an error.
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project: the one that holds `package.json`. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Prints one line that says what a script is doing.
 * @param {string} line
 */
export const say = (line) => console.log(`› ${line}`)

/**
 * Runs a program to its end with its output on this terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>} Rejects when the program does not start or ends with another status than 0.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? `status ${code}`}`))
    })
  })
}

/**
 * Runs a tool of `node_modules/.bin` to its end.
 * @param {string} tool
 * @param {string[]} args
 */
export const runTool = (tool, args) => {
  const windows = process.platform === 'win32'
  const path = join(root, 'node_modules', '.bin', windows ? `${tool}.cmd` : tool)
  return run(path, args, { shell: windows })
}

/**
 * The full path of a program that can be run by its bare name.
 * @param {string} program
 * @returns {string | undefined}
 */
export function findOnPath(program) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = folders.flatMap((folder) => endings.map((ending) => join(folder, program + ending)))
  return candidates.find(isExecutable)
}

/**
 * Whether a path names a file that may be executed.
 * @param {string} path
 */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
