import { defineConfig } from 'vitest/config'

/** Tests that put another module in the place of one of ours: what they import must not be shared. */
const REPLACING_MODULES = [
  'test/cli/warnings.test.ts',
  'test/client/files.test.ts',
  'test/config/load.test.ts',
  'test/config/read.test.ts',
  'test/lint/fix-policy.test.ts',
]

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'node_modules/**', ...REPLACING_MODULES],
          // Importing the project once for all files of a process takes a third of the time.
          isolate: false,
          globalSetup: ['test/helpers/programs.ts'],
        },
      },
      { extends: true, test: { name: 'replacing modules', include: REPLACING_MODULES } },
    ],
  },
})
