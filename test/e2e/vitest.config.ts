import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/e2e/*.test.ts'],
    testTimeout: 60_000,
    // The first run on a machine installs Chromium and VS Code.
    hookTimeout: 600_000,
    // One VS Code at a time: two would compete for the processor and make each other's waits fail.
    fileParallelism: false,
  },
})
