import { analyze } from '../check/analyze'
import { type FixPolicy, fixAll, fixBudget } from '../lint/fix-all'
import type { FileConfigs } from './configs'
import { reason, replaceText } from './files'
import { importersAmong } from './importers'
import { crashReport } from './lint'
import type { OpenSources } from './open'
import { complain, type Terminal } from './terminal'

/** Fixing one file may show something in another one that imports it. */
const MOST_PASSES = 10

export interface FixedText {
  readonly before: string
  readonly after: string
}

/** Fixes files in memory until nothing is left to do: those that have changed. */
export async function fixFiles(
  { files, host, set }: OpenSources,
  policy: FixPolicy,
  configs: FileConfigs,
  terminal: Terminal,
): Promise<ReadonlyMap<string, FixedText>> {
  const fixed = new Map<string, FixedText>()
  const budgets = new Map(files.map((file) => [file, fixBudget()]))
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let changed = false
    // Each file is fixed as the ones before it have become, so that no two changes contradict each other.
    for (const [file, importers] of importersAmong(files, host)) {
      const analysis = analyze(file, host)
      const lint = {
        settings: await configs.settingsOf(file),
        importers: importers.map((importer) => analyze(importer, host)),
        onCrash: crashReport(file, terminal),
      }
      const after = fixAll(analysis, host, policy, lint, budgets.get(file))
      if (after === undefined) continue
      changed = true
      fixed.set(file, { before: fixed.get(file)?.before ?? analysis.file.text, after })
      set(file, after)
    }
    if (!changed) break
  }
  for (const [file, { isSpent }] of budgets) {
    if (isSpent)
      complain(terminal, `fixing '${file}' was stopped: it takes long, and not every problem was looked at`)
  }
  return fixed
}

/**
 * Writes the texts to their files, and gives back those that were written. A file that could not be written is
 * what it was, which is said on standard error.
 */
export function writeFixed(
  texts: ReadonlyMap<string, FixedText>,
  { set }: OpenSources,
  terminal: Terminal,
): ReadonlyMap<string, FixedText> {
  const written = new Map<string, FixedText>()
  for (const [file, text] of texts) {
    try {
      replaceText(file, text.before, text.after)
      written.set(file, text)
    } catch (error) {
      set(file, text.before)
      complain(terminal, `cannot write '${file}': ${reason(error)}`)
    }
  }
  return written
}
