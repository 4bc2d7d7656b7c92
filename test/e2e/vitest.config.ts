import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/e2e/*.test.ts'],
    globalSetup: ['test/e2e/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One VS Code at a time: two would compete for the processor and make each other's waits fail.
    fileParallelism: false,
  },
})
