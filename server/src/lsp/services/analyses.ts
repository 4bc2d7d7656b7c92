import { memo } from '../../../../grammar/memo'
import type { LineIndex } from '../../../../grammar/positions'
import type { SourceFile } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import { analyze } from '../../check/analyze'
import type { Lines, View } from '../../features/support/view'
import { sameItems } from '../../model/same-items'
import { encodedLines } from '../encoding'
import { type Checkpoint, pause } from '../requests'
import type { ServerConfig } from '../server-config'
import type { ConfigFiles } from './configs'
import type { Project } from './project'
import type { Sources } from './sources'
import type { Tried } from './tried'

/** How many results are kept; an open file and the files that import it need one each. */
const KEPT = 32

/** How many of the files that import a file are analysed for it. */
const MAX_IMPORTERS = 8

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
  readonly sources: Sources
  readonly project: Project
  readonly configs: ConfigFiles
  readonly tried: Tried
}

export function createAnalyses({ config, sources, project, configs, tried }: AnalysesNeeds): Analyses {
  const cache = new Map<string, { readonly basis: readonly unknown[]; readonly analysis: Analysis }>()
  const linesOf = memo(({ text }: SourceFile) => encodedLines(text, config.encoding))

  /** Everything that an analysis depends on. */
  const basisOf = (uri: string): readonly unknown[] => [
    tried.of(uri),
    ...[...sources.closure(uri)].map((file) => sources.tree(file)),
  ]
  const contexts = (uri: string) => [uri, ...project.importers(uri).slice(0, MAX_IMPORTERS)]

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
    if (cache.size > KEPT) cache.delete(cache.keys().next().value as string)
    return analysis
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
      const [own, ...others] = contexts(uri)
      const analysis = await analysisOf(own as string, checkpoint)
      const importers: Analysis[] = []
      for (const other of others) importers.push(await analysisOf(other, checkpoint))
      return { analysis, importers, lint, ignored, lines, resolve: sources.host.resolve }
    },
    async inputs(uri) {
      await sources.load(contexts(uri))
      return contexts(uri).flatMap(basisOf)
    },
    lines,
  }
}
