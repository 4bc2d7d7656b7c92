import * as vscode from 'vscode'
import { tests as activation } from './activation'
import { tests as completion } from './completion'
import { tests as diagnostics } from './diagnostics'
import { tests as fixes } from './fixes'
import { tests as formatting } from './formatting'
import { uriOf } from './helpers'
import { tests as hover } from './hover'
import { tests as language } from './language'
import { tests as navigation } from './navigation'
import { tests as refactoring } from './refactoring'
import { tests as sizes } from './sizes'
import { tests as templates } from './templates'
import { tests as workspace } from './workspace'

/** What one test did: without an error it passed. */
export interface Result {
  readonly name: string
  readonly error?: string
}

/** The tests of one file by name. They run in order, one at a time, in one VS Code. */
export type Tests = Readonly<Record<string, () => Promise<void>>>

const suites: Readonly<Record<string, Tests>> = {
  activation,
  language,
  hover,
  completion,
  diagnostics,
  fixes,
  formatting,
  navigation,
  refactoring,
  sizes,
  templates,
  workspace,
}

/** Longer than any test ever takes; one that hangs must not keep the others from running. */
const TIMEOUT_MS = 30_000

/** Runs every test, writes the results into the workspace folder as they come, and throws when one failed. */
export async function run(): Promise<void> {
  const results: Result[] = []
  for (const [suite, tests] of Object.entries(suites)) {
    for (const [name, body] of Object.entries(tests)) {
      const title = `${suite}: ${name}`
      const error = await failureOf(body)
      console.log(`${error === undefined ? 'passed' : 'failed'}  ${title}`)
      results.push({ name: title, ...(error === undefined ? {} : { error }) })
      await write(results)
    }
  }
  const failed = results.filter((result) => result.error !== undefined)
  if (failed.length > 0) throw new Error(`${failed.length} of ${results.length} tests failed.`)
}

/** Runs a test and returns why it failed, undefined when it passed. */
async function failureOf(body: () => Promise<void>): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The test took longer than ${TIMEOUT_MS / 1000} s.`)),
      TIMEOUT_MS,
    )
  })
  try {
    await Promise.race([body(), timeout])
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  } finally {
    clearTimeout(timer)
  }
}

async function write(results: readonly Result[]): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(results, null, 2))
  await vscode.workspace.fs.writeFile(uriOf('results.json'), bytes)
}
