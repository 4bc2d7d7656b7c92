import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { REFACTORINGS } from '../../../server/src/features/refactor'

const FOLDER = join(import.meta.dirname, '../../../server/src/features/refactor')
const names = REFACTORINGS.map(({ name }) => name)

test('every refactoring stands in a file of its name and in the list, which is sorted', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  expect(names).toEqual(files.map((name) => name.replace(/\.ts$/, '')).sort())
})

test('every refactoring has its tests', () => {
  const without = names.filter((name) => !existsSync(join(import.meta.dirname, `${name}.test.ts`)))
  expect(without).toEqual([])
})

test('kinds say what is extracted, inlined or rewritten', () => {
  for (const { kind } of REFACTORINGS) expect(kind).toMatch(/^refactor\.(extract|inline|rewrite)\.[a-z]+$/)
})
