import type { Diagnostic } from 'vscode-languageserver'
import type { SourceFile } from '../../../../grammar/tree'
import { diagnostics } from '../../features/diagnostics'
import { sameItems } from '../../model/same-items'
import type { AnyRule } from '../../rules/frame/rule'
import { type Checkpoint, describeError } from '../requests'
import type { Analyses } from './analyses'
import type { ConfigFiles } from './configs'
import type { SettingsReader } from './settings'
import type { Sources } from './sources'

/** The diagnostics of one file at one time. */
export interface Report {
  /** Stays the same while the diagnostics do. */
  readonly resultId: string
  readonly items: Diagnostic[]
}

/** The diagnostics of all files, made when they are asked for and kept while nothing that they depend on changes. */
export interface Reports {
  of(uri: string, checkpoint: Checkpoint): Promise<Report>
  /**
   * The same for an overview of the workspace, which does not count as asking for the file: clients keep the
   * report that they requested for an open file, and must be notified when that one is outdated.
   */
  peek(uri: string, checkpoint: Checkpoint): Promise<Report>
  /**
   * Of these files, those whose report has been asked for and would be different now. Each is returned once for
   * each change.
   */
  outdated(uris: readonly string[]): Promise<readonly string[]>
  /** Shows a file's diagnostics as it is now, even where the settings switch them off while typing. */
  showNow(uri: string): Promise<void>
}

export interface ReportsNeeds {
  readonly sources: Sources
  readonly analyses: Analyses
  readonly settings: SettingsReader
  readonly configs: ConfigFiles
  /** Receives the rules that crashed. */
  readonly log: (message: string) => void
}

export function createReports(needs: ReportsNeeds): Reports {
  const { sources, analyses, configs, log } = needs
  const kept = new Map<string, Report & { readonly inputs: readonly unknown[]; readonly json: string }>()
  const asked = new Map<string, readonly unknown[]>()
  /** The text of each file that the user has asked to check. */
  const shown = new Map<string, SourceFile>()
  // A client may still hold the ids of a server that ran before this one.
  const session = Date.now().toString(36)
  let count = 0

  const inputsOf = async (uri: string) => {
    const settings = await needs.settings.of(uri)
    const { lint, ignored } = await configs.lintOf(uri)
    const trees = await analyses.inputs(uri)
    const isShown = settings.diagnostics.enable || shown.get(uri) === sources.tree(uri)
    return { settings, isShown, inputs: [settings, lint, ignored, isShown, ...trees] }
  }

  const onCrash = ({ code }: AnyRule, error: unknown) =>
    log(`The rule ${code} failed: ${describeError(error)}`)

  const make = async (
    uri: string,
    { settings, isShown, inputs }: Awaited<ReturnType<typeof inputsOf>>,
    checkpoint: Checkpoint,
  ): Promise<Report> => {
    const known = kept.get(uri)
    if (known !== undefined && sameItems(known.inputs, inputs)) return known
    const view = isShown ? await analyses.view(uri, checkpoint) : undefined
    const items = view === undefined ? [] : diagnostics(view, settings.diagnostics, onCrash)
    const json = JSON.stringify(items)
    const same = known?.json === json
    const report = same ? { ...known, inputs } : { resultId: `${session}-${++count}`, items, json, inputs }
    kept.set(uri, report)
    return report
  }

  return {
    async of(uri, checkpoint) {
      const basis = await inputsOf(uri)
      asked.set(uri, basis.inputs)
      return make(uri, basis, checkpoint)
    },
    peek: async (uri, checkpoint) => make(uri, await inputsOf(uri), checkpoint),
    async outdated(uris) {
      const found: string[] = []
      for (const uri of uris) {
        const before = asked.get(uri)
        if (before === undefined) continue
        const { inputs } = await inputsOf(uri)
        if (sameItems(before, inputs)) continue
        found.push(uri)
        asked.set(uri, inputs)
      }
      return found
    },
    async showNow(uri) {
      await sources.load([uri])
      const tree = sources.tree(uri)
      if (tree !== undefined) shown.set(uri, tree)
    },
  }
}
