// Makes the files of a new layer or rule: npm run new:layer NAME, npm run new:rule CODE.
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { newLayer } from './layer'
import { newRule } from './rule'
import type { Scaffold } from './scaffold'
import { TO_FILL_IN } from './text'

const KINDS: Readonly<Record<string, { readonly usage: string; readonly make: (name: string) => Scaffold }>> =
  {
    layer: { usage: 'npm run new:layer NAME', make: newLayer },
    rule: { usage: 'npm run new:rule CODE', make: newRule },
  }

process.exitCode = await main(process.argv.slice(2))

async function main([kind = '', name, ...rest]: readonly string[]): Promise<number> {
  const known = KINDS[kind]
  if (known === undefined || name === undefined || rest.length > 0) {
    const usages = Object.values(KINDS).map(({ usage }) => usage)
    console.error(`Usage: ${known?.usage ?? usages.join(' or ')}`)
    return 2
  }
  const scaffold = known.make(name)
  if (scaffold.refused !== undefined) {
    console.error(`Nothing is made: ${scaffold.refused}.`)
    return 1
  }
  await write(scaffold)
  const list = (items: readonly string[]) => items.map((item) => `  ${item}\n`).join('')
  console.log(`\nMade\n${list([...scaffold.made.keys()])}Changed\n${list([...scaffold.changed.keys()])}`)
  console.log(`Next\n${list(scaffold.next.map((step, i) => `${i + 1}. ${step}`))}`)
  console.log(`What is left is marked ${TO_FILL_IN}; the tests fail until nothing is.`)
  return 0
}

/** Writes the files, lays them out, and writes their pages. */
async function write({ made, changed }: Scaffold): Promise<void> {
  // All texts are made before the first is written: a list that is not found leaves everything as it was.
  const texts = new Map(made)
  for (const [path, change] of changed) texts.set(path, change(await readFile(path, 'utf8')))
  for (const [path, text] of texts) {
    await writeFile(path, text, made.has(path) ? { flag: 'wx' } : {})
  }
  runNode('node_modules/@biomejs/biome/bin/biome', 'check', '--write', ...texts.keys())
  runNode('scripts/run.mjs', 'scripts/docs/main.ts')
}

function runNode(...args: readonly string[]): void {
  execFileSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
}
