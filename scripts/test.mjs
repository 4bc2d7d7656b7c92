// Every test of the project with one command: formatting and lint, types, dead code, the build, the units and the real
// VS Code. A stage that fails does not hide the next; the last line counts all tests.
// With --quick: no VS Code, and of what is tried many times over only a part.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from './build.mjs'
import { root, runTool, say } from './process.mjs'
import { installPyTorch } from './pytorch.mjs'

/** @typedef {{ passed: number, failed: number }} Count */

const results = join(root, 'test-results')

const quick = process.argv.includes('--quick')
// The tests read it in test/helpers/sample.ts.
if (quick) process.env.CNNLINT_TESTS = 'quick'

/** @type {[title: string, stage: () => Promise<Count>][]} */
const checks = [
  ['Formatting and lint (Biome)', () => step(() => runTool('biome', ['ci']))],
  ['Types (TypeScript)', () => step(() => runTool('tsc', ['-p', '.']))],
  ['Nothing that nothing uses (knip)', () => step(() => runTool('knip', ['--no-progress']))],
  ['Units, oracles, protocol, command line (vitest)', () => vitest('unit', [])],
]

/** @type {typeof checks} */
const wholes = [
  ['Build (esbuild)', () => step(build)],
  ['A real VS Code', () => vitest('e2e', ['--config', 'test/e2e/vitest.config.ts'])],
]

/** @type {[title: string, count: Count, seconds: number][]} */
const counts = []
await mkdir(results, { recursive: true })
if (!quick) await step(installPyTorch)
for (const [title, stage] of quick ? checks : [...checks, ...wholes]) {
  say(title)
  const start = performance.now()
  const count = await stage()
  counts.push([title, count, (performance.now() - start) / 1000])
}

console.log()
for (const [title, { passed, failed }, seconds] of counts) {
  console.log(`${failed ? '✗' : '✓'} ${title}: ${passed} passed, ${failed} failed (${seconds.toFixed(1)} s)`)
}
/** @param {keyof Count} key */
const total = (key) => counts.reduce((sum, [, count]) => sum + count[key], 0)
console.log(`${total('passed')} passed, ${total('failed')} failed`)
process.exitCode = total('failed') ? 1 : 0

/**
 * A stage that either passes or fails as a whole.
 * @param {() => Promise<void>} action
 * @returns {Promise<Count>}
 */
async function step(action) {
  try {
    await action()
    return { passed: 1, failed: 0 }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  }
}

/**
 * Runs vitest and counts its tests. A run that fails without a failed test (a file that does not load, an
 * error after the tests) counts as one failure.
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<Count>}
 */
async function vitest(name, args) {
  const file = join(results, `${name}.json`)
  await rm(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const run = await step(() => runTool('vitest', ['run', ...args, ...reporters]))
  const report = await readFile(file, 'utf8').then(JSON.parse, () => ({}))
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = report
  return { passed, failed: run.failed && failed === 0 ? 1 : failed }
}
