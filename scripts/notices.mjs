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

/**
 * Packages that come without a file of their licence: it stands at the head of their sources, and where they only
 * name it, in another package under the same one.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const LICENCES_IN_SOURCES = {
  '@bufbuild/protobuf': [
    '@bufbuild/protobuf/dist/esm/from-binary.js',
    '@bufbuild/protobuf/dist/esm/wire/varint.js',
    'chevrotain/LICENSE.txt',
  ],
}

/**
 * A text of a licence; of a program the comment that it begins with.
 * @param {string} file
 */
function textOf(file) {
  const text = readFileSync(join(root, 'node_modules', file), 'utf8')
  const comment = /^(?:\/\/.*\n)+/.exec(text)
  return `${(comment === null ? text : comment[0].replace(/^\/\/ ?/gm, '')).trim()}\n`
}

/** @param {string} folder */
function notice(folder) {
  const path = join(root, folder)
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const sources = LICENCES_IN_SOURCES[name]
  if (sources !== undefined) return [`${name} ${version} (${license})\n`, ...sources.map(textOf)].join('\n')
  const texts = readdirSync(path).filter((file) => /^(licen[cs]e|notice|thirdpartynotices)\b/i.test(file))
  if (!texts.some((file) => /^licen[cs]e/i.test(file))) throw new Error(`${name} has no licence`)
  const bodies = texts.sort().map((file) => `${readFileSync(join(path, file), 'utf8').trim()}\n`)
  return [`${name} ${version} (${license})\n`, ...bodies].join('\n')
}
