import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { defineConfig } from 'vitest/config'

const tests = globSync('test/**/*.test.ts', { ignore: 'test/e2e/**' })

/** Tests that put another module in the place of one of ours: what they import must not be shared. */
const replacing = tests.filter((file) => /\bvi\.mock\(/.test(readFileSync(file, 'utf8')))

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One of the processors would be left idle by default.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'node_modules/**', ...replacing],
          // Importing the project once for all files of a process takes a third of the time.
          isolate: false,
          globalSetup: ['test/helpers/programs.ts'],
        },
      },
      { extends: true, test: { name: 'replacing modules', include: replacing } },
    ],
  },
})
