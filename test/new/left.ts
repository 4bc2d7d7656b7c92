import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { TO_FILL_IN } from '../../scripts/new/text'

/** What a scaffold left to be filled in below a folder of the project: `server/src/layers/x.ts:5: …`. */
export function leftToFillIn(root: string): readonly string[] {
  const files = globSync(['server/src/**/*.ts', 'test/**/*.ts'], { cwd: root }).sort()
  return files.flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n')
    return lines.flatMap((line, i) => (line.includes(TO_FILL_IN) ? [`${file}:${i + 1}: ${line.trim()}`] : []))
  })
}
