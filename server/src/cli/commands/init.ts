import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIG_FILE } from '../../config/names'
import { command, UsageError } from '../command'
import { reason } from '../files'
import { tidyPath } from '../path-names'
import { printable } from '../printable'
import { complain } from '../terminal'

const SCHEMA = 'https://raw.githubusercontent.com/cnnlint/cnnlint/main/schemas/cnnlint.config.schema.json'

/** A configuration that changes nothing and says what could be changed. */
const TEXT = `{
  // Editors that do not know cnnlint complete and explain this file by its schema.
  "$schema": "${SCHEMA}",

  // What to start from: "recommended", "strict", "all", or the path of another
  // configuration; or a list of these.
  "extends": "recommended",

  // How severe rules are: "off", "hint", "info", "warning" or "error", or a list of
  // that and the options of the rule. \`cnnlint rules\` lists all rules.
  "rules": {
    // "stride-drops-pixels": "off",
    // "large-kernel": ["warning", { "saving": 0.3 }]
  },

  // Files that are left out beside those of a .gitignore: names at any depth, or
  // paths from this folder.
  "ignore": [],

  // Other rules for some files.
  "overrides": [
    // { "files": ["baselines/**"], "rules": { "stride-drops-pixels": "off" } }
  ]
}
`

export const init = command({
  name: 'init',
  summary: 'Write a configuration to begin with',
  arguments: { usage: '[FOLDER]', min: 0, max: 1 },
  details: [
    `Writes a ${CONFIG_FILE} with comments into a folder, the current one unless another is named. It holds for all files in the folder and below. One that is there already stays as it is.`,
  ],
  examples: ['init', 'init models'],
  options: {},
  run({ args: [folder = '.'] }, terminal) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UsageError(`there is no folder '${folder}'`)
    }
    const path = tidyPath(join(folder, CONFIG_FILE))
    try {
      writeFileSync(path, TEXT, { flag: 'wx' })
    } catch (error) {
      const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST'
      complain(
        terminal,
        isThere
          ? `'${path}' is there already and stays as it is`
          : `cannot write '${path}': ${reason(error)}`,
      )
      return 2
    }
    terminal.out.write(`${printable(path)}\n`)
    return 0
  },
})
