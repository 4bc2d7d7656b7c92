import * as vscode from 'vscode'
import { tests as activation } from './activation'
import { tests as diagnostics } from './diagnostics'
import { tests as fixes } from './fixes'
import { tests as formatting } from './formatting'
import { tests as hover } from './hover'
import { tests as language } from './language'
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
  diagnostics,
  fixes,
  formatting,
  workspace,
}

/** Runs every test, writes the results into the workspace folder and throws when one failed. */
export async function run(): Promise<void> {
  const results: Result[] = []
  for (const [suite, tests] of Object.entries(suites)) {
    for (const [name, body] of Object.entries(tests)) {
      const error = await body().then(
        () => undefined,
        (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
      )
      const title = `${suite}: ${name}`
      console.log(`${error === undefined ? 'passed' : 'failed'}  ${title}`)
      results.push({ name: title, ...(error === undefined ? {} : { error }) })
    }
  }
  const folder = vscode.workspace.workspaceFolders?.[0]
  if (!folder) throw new Error('The suite needs a workspace folder.')
  const bytes = new TextEncoder().encode(JSON.stringify(results, null, 2))
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, 'results.json'), bytes)
  const failed = results.filter((result) => result.error !== undefined)
  if (failed.length > 0) throw new Error(`${failed.length} of ${results.length} tests failed.`)
}
