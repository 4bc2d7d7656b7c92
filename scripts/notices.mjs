// What the licences of the packages that the bundles hold want to be said.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './process.mjs'

/** The file in dist/ that goes with the bundles. */
export const NOTICES = 'THIRD-PARTY-NOTICES.txt'

const LINE = '-'.repeat(80)

/**
 * One part for each package that is in some bundle: its name, its version and its licence, word for word.
 * @param {readonly { readonly metafile?: import('esbuild').Metafile | undefined }[]} results
 * @returns {string} Throws for a package without a licence, which may not be shipped.
 */
export function noticesOf(results) {
  const folders = new Set(results.flatMap(({ metafile }) => packageFolders(metafile)))
  const parts = [...folders].sort().map(notice)
  const head = 'cnnlint contains the following packages, each under its own licence.\n'
  return [head, ...parts].join(`\n${LINE}\n\n`)
}

/**
 * The folders of the packages of which something is in a bundle, from the root of the project.
 * @param {import('esbuild').Metafile | undefined} metafile
 */
function packageFolders(metafile) {
  return Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) =>
    Object.keys(inputs).flatMap((path) => {
      const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)
      return found === null ? [] : [found[0]]
    }),
  )
}

/** @param {string} folder */
function notice(folder) {
  const path = join(root, folder)
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const texts = readdirSync(path).filter((file) => /^(licen[cs]e|notice|thirdpartynotices)\b/i.test(file))
  if (!texts.some((file) => /^licen[cs]e/i.test(file))) throw new Error(`${name} has no licence`)
  const bodies = texts.sort().map((file) => `${readFileSync(join(path, file), 'utf8').trim()}\n`)
  return [`${name} ${version} (${license})\n`, ...bodies].join('\n')
}
