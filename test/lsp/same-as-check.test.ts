import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { globSync } from 'tinyglobby'
import { expect, inject, test } from 'vitest'
import { type Diagnostic, WorkspaceDiagnosticRequest } from 'vscode-languageserver-protocol/node'
import { sampled } from '../helpers/sample'
import { PULLS, startClient } from './client'

const ROOT = join(import.meta.dirname, '../..')
const EXAMPLES = `${pathToFileURL(join(ROOT, 'examples'))}/`
const FILES = globSync('**/*.cnn', { cwd: join(ROOT, 'examples') }).sort()

/** On a machine that is busy with other tests. */
const PATIENCE_MS = 60_000

const { diagnostic: _, ...publishing } = PULLS.textDocument ?? {}

let known: Promise<Readonly<Record<string, readonly string[]>>> | undefined

/** What `check` finds in all examples, file by file. */
function checked() {
  known ??= check()
  return known
}

async function check(): Promise<Readonly<Record<string, readonly string[]>>> {
  const cli = join(inject('programs'), 'cli.cjs')
  const args = [cli, 'check', '--format', 'sarif', 'examples']
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, maxBuffer: 1e8 })
  const found = Object.fromEntries(FILES.map((file) => [file, [] as string[]]))
  for (const { ruleId, message, locations } of JSON.parse(stdout).runs[0].results) {
    const { artifactLocation, region } = locations[0].physicalLocation
    found[artifactLocation.uri.replace(/^examples\//, '')]?.push(
      `${region.startLine} ${ruleId}: ${message.text}`,
    )
  }
  return found
}

const shown = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ range, code, message }) => `${range.start.line + 1} ${code}: ${message}`)

test('what is published for each example, opened alone, is what the command line finds', {
  timeout: 5 * PATIENCE_MS,
}, async () => {
  const client = await startClient({
    folders: [EXAMPLES.slice(0, -1)],
    capabilities: { ...PULLS, textDocument: publishing },
  })
  const expected = await checked()
  for (const file of sampled(FILES, 8)) {
    const uri = EXAMPLES + file
    await client.open(uri, readFileSync(join(ROOT, 'examples', file), 'utf8'))
    // What is published before the workspace is known says less.
    const last = () => client.published.findLast((params) => params.uri === uri)?.diagnostics
    const found = () => last() && { [file]: shown(last() ?? []) }
    await expect.poll(found, { timeout: PATIENCE_MS }).toEqual({ [file]: expected[file] })
    await client.close(uri)
  }
})

test('what is reported of the examples, none of them open, is what the command line finds', {
  timeout: 5 * PATIENCE_MS,
}, async () => {
  const client = await startClient({ folders: [EXAMPLES.slice(0, -1)] })
  const { items } = await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
    previousResultIds: [],
  })
  const reported = items.map((each) => [
    each.uri.slice(EXAMPLES.length),
    each.kind === 'full' ? shown(each.items) : [],
  ])
  expect(Object.fromEntries(reported)).toEqual(await checked())
})
