import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'
import { bundles } from '../../scripts/build.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that holds the programs as they are shipped: those that Node can start. */
    readonly programs: string
  }
}

/** Bundles the programs once for all files of tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'cnnlint-programs-'))
  const programs = bundles.filter(
    ({ platform, external = [] }) => platform === 'node' && !external.includes('vscode'),
  )
  await Promise.all(programs.map((options) => build({ ...options, outdir: folder })))
  project.provide('programs', folder)
  return () => rm(folder, { recursive: true, force: true })
}
