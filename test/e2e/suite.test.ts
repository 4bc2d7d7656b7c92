import { describe, test } from 'vitest'
import { runSuite } from './run-suite'

// The suite runs once, inside VS Code; here each of its tests gets its own line in the report.
const results = await runSuite()

describe('in the extension host', () => {
  for (const { name, error } of results) {
    test(name, () => {
      if (error !== undefined) throw new Error(error)
    })
  }
})
