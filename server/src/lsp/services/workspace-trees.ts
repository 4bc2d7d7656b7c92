import type { Workspace } from '../../features/navigation/workspace'
import type { Analyses } from './analyses'
import type { Documents } from './documents'
import type { Project } from './project'
import type { Sources } from './sources'

/** The trees of several files, for features that lead from one file to another. */
export interface WorkspaceTrees {
  /** All files of the workspace, those that are open, and what they import. */
  all(): Promise<Workspace>
  /** A file with what it imports: enough for what does not ask who imports it. */
  reachedFrom(uri: string): Promise<Workspace>
}

export interface WorkspaceTreesNeeds {
  readonly documents: Documents
  readonly sources: Sources
  readonly project: Project
  readonly analyses: Analyses
}

export function createWorkspaceTrees(needs: WorkspaceTreesNeeds): WorkspaceTrees {
  const { documents, sources, project, analyses } = needs

  const load = async (uris: readonly string[]): Promise<Workspace> => {
    await sources.load(uris)
    const reached = new Set(uris.flatMap((uri) => [...sources.closure(uri)]))
    const files = [...reached].sort().flatMap((uri) => {
      const tree = sources.tree(uri)
      return tree === undefined ? [] : [[uri, tree] as const]
    })
    return { files: new Map(files), resolve: sources.host.resolve, lines: analyses.lines }
  }

  return {
    all: async () => load([...(await project.load()), ...documents.uris()]),
    reachedFrom: (uri) => load([uri]),
  }
}
