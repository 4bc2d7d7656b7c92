import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { root } from '../../scripts/process.mjs'

const PARTS = ['client', 'docs', 'examples', 'grammar', 'media', 'schemas', 'scripts', 'server', 'test']
const FILES = ['README.md', 'biome.json', 'package.json', 'tsconfig.json', 'vitest.config.ts']

export interface Copy {
  readonly folder: string
  /** Runs a program of Node in the copy: what it printed, on both streams; rejects when it fails. */
  run(...args: readonly string[]): Promise<string>
  /** Replaces texts in a file, each of which must be there. */
  fillIn(file: string, texts: Readonly<Record<string, string>>): void
}

/** A copy of the project for one test, with the packages of this one. */
export function projectCopy(): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'cnnlint-copy-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const part of [...PARTS, ...FILES]) cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  // Tests in the copy are not those of this run.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'))
  return {
    folder,
    async run(...args) {
      const options = { cwd: folder, env: { ...Object.fromEntries(own), NO_COLOR: '1' } }
      const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options)
      return stdout + stderr
    },
    fillIn(file, texts) {
      const path = join(folder, file)
      let text = readFileSync(path, 'utf8')
      for (const [from, to] of Object.entries(texts)) {
        if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
        text = text.replace(from, () => to)
      }
      writeFileSync(path, text)
    },
  }
}

export const TSC = 'node_modules/typescript/bin/tsc'
export const BIOME = 'node_modules/@biomejs/biome/bin/biome'
export const VITEST = 'node_modules/vitest/vitest.mjs'
export const RUN = 'scripts/run.mjs'
