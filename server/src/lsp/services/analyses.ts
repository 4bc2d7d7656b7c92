import { memo } from '../../../../grammar/memo'
import type { LineIndex } from '../../../../grammar/positions'
import type { SourceFile } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import { analyze } from '../../check/analyze'
import type { Lines, View } from '../../features/support/view'
import { sameItems } from '../../model/same-items'
import type { Unseen } from '../../rules/frame/rule'
import { encodedLines } from '../encoding'
import { type Checkpoint, pause } from '../requests'
import type { ServerConfig } from '../server-config'
import type { ConfigFiles } from './configs'
import type { Documents } from './documents'
import type { ImportIndex } from './import-index'
import type { Project } from './project'
import type { Sources } from './sources'
import type { Tried } from './tried'

/** How much work the results that are kept may have been, as {@link workOf} counts it. */
const KEPT_WORK = 100_000

/** So many results are kept whatever they were: a file and some that import it. */
const KEPT = 8

/** No more importers of a file are analysed for it once they have been this much work. */
const IMPORTERS_WORK = 20_000

/** What an analysis was made of: each file costs something, and its layers and steps more. */
function workOf({ spent }: Analysis): number {
  return 20 + spent.layers + spent.steps / 10
}

/** Results of the analysis, made when they are asked for and kept while no text that they depend on changes. */
export interface Analyses {
  /**
   * What is known about a file; undefined when there is no such file. It reads what is not loaded yet, and
   * between the analyses it makes lets other messages come first.
   */
  view(uri: string, checkpoint: Checkpoint): Promise<View | undefined>
  /** The line index of a file that is loaded; an empty one of any other. */
  readonly lines: Lines
  /** The trees and tried sizes that a view of this file depends on: while they are the same, so is the view. */
  inputs(uri: string): Promise<readonly unknown[]>
}

export interface AnalysesNeeds {
  readonly config: ServerConfig
  readonly documents: Documents
  readonly sources: Sources
  readonly project: Project
  readonly imports: ImportIndex
  readonly configs: ConfigFiles
  readonly tried: Tried
}

export function createAnalyses(needs: AnalysesNeeds): Analyses {
  const { config, documents, sources, project, imports, configs, tried } = needs
  const cache = new Map<string, { readonly basis: readonly unknown[]; readonly analysis: Analysis }>()
  const linesOf = memo(({ text }: SourceFile) => encodedLines(text, config.encoding))

  /** Everything that an analysis depends on. */
  const basisOf = (uri: string): readonly unknown[] => [
    tried.of(uri),
    ...[...sources.closure(uri)].map((file) => sources.tree(file)),
  ]
  /** How much work files were when they were last analysed. */
  const works = new Map<string, number>()

  /** The importers of a file that are analysed for it, as far as it is known what they cost, and what is left out. */
  const contextOf = (uri: string) => {
    const { files, isWhole } = project.importers(uri)
    let work = 0
    const cut = files.findIndex((file) => {
      const isTooMuch = work >= IMPORTERS_WORK
      work += works.get(file) ?? 0
      return isTooMuch
    })
    const importers = cut < 0 ? files : files.slice(0, cut)
    const left = cut < 0 ? [] : files.slice(cut)
    const names = [...new Set(left.flatMap((file) => imports.namesTaken(uri, file)))]
    const unseen: Unseen | undefined = isWhole ? (left.length === 0 ? undefined : names) : 'any'
    return { importers, unseen }
  }

  const cached = (uri: string, basis: readonly unknown[]): Analysis | undefined => {
    const known = cache.get(uri)
    if (known === undefined || !sameItems(known.basis, basis)) return undefined
    // The map's order is that of the last use.
    cache.delete(uri)
    cache.set(uri, known)
    return known.analysis
  }

  const analysisOf = async (uri: string, checkpoint: Checkpoint): Promise<Analysis> => {
    const known = cached(uri, basisOf(uri))
    if (known !== undefined) return known
    await pause()
    checkpoint()
    // The texts may have changed during the pause, and the analysis needs all of them.
    await sources.load([uri])
    checkpoint()
    const basis = basisOf(uri)
    // Requests come in groups: another one may have been here first.
    const made = cached(uri, basis)
    if (made !== undefined) return made
    const inputsOf = tried.of(uri)
    const analysis = analyze(uri, sources.host, inputsOf === undefined ? {} : { inputsOf })
    cache.delete(uri)
    cache.set(uri, { basis, analysis })
    works.set(uri, workOf(analysis))
    shrink()
    return analysis
  }

  /** Lets go of the results that were not used for the longest time. */
  const shrink = () => {
    let work = [...cache.values()].reduce((sum, { analysis }) => sum + workOf(analysis), 0)
    for (const [uri, { analysis }] of cache) {
      if (cache.size <= KEPT || work <= KEPT_WORK) return
      work -= workOf(analysis)
      cache.delete(uri)
    }
  }

  /** Analyses importers until what they cost is known to be enough. */
  const importersOf = async (uri: string, checkpoint: Checkpoint): Promise<readonly Analysis[]> => {
    const found: Analysis[] = []
    for (;;) {
      const next = contextOf(uri).importers[found.length]
      if (next === undefined) return found
      found.push(await analysisOf(next, checkpoint))
    }
  }

  const lines = (uri: string): LineIndex => {
    const tree = sources.tree(uri)
    if (tree === undefined) return encodedLines('', config.encoding)
    return linesOf(tree)
  }

  return {
    async view(uri, checkpoint) {
      await sources.load([uri])
      if (sources.tree(uri) === undefined) return undefined
      const { lint, ignored } = await configs.lintOf(uri)
      const analysis = await analysisOf(uri, checkpoint)
      const importers = await importersOf(uri, checkpoint)
      const { unseen } = contextOf(uri)
      const isOpen = documents.get(uri) !== undefined
      const found = { analysis, importers, isOpen, lint, ignored, lines, resolve: sources.host.resolve }
      return unseen === undefined ? found : { ...found, unseen }
    },
    async inputs(uri) {
      const { importers, unseen } = contextOf(uri)
      const files = [uri, ...importers]
      await sources.load(files)
      return [documents.get(uri) !== undefined, String(unseen), ...files.flatMap(basisOf)]
    },
    lines,
  }
}
