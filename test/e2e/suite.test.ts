import { describe, test } from 'vitest'
import { runNodeSuite, runWebSuite } from './run-suite'
import type { Result } from './suite/index'

// The suite runs once in each of VS Code's kinds of extension hosts; here each of its tests gets its own line in
// the report.
describe('in the extension host', async () => report(await runNodeSuite()))
describe('in the web worker extension host', async () => report(await runWebSuite()))

function report(results: readonly Result[]): void {
  for (const { name, error } of results) {
    test(name, () => {
      if (error !== undefined) throw new Error(error)
    })
  }
}
