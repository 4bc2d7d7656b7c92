import {
  type ClientCapabilities,
  type FileOperationRegistrationOptions,
  type Location,
  type LocationLink,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver'
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../../features/dataflow'
import type { Scene } from '../../features/dataflow/points'
import { importsAfterMove } from '../../features/imports/moved'
import { definition } from '../../features/navigation/definition'
import { documentHighlight } from '../../features/navigation/highlight'
import { linkedEditing } from '../../features/navigation/linked-editing'
import { references } from '../../features/navigation/references'
import { isRefusal, prepareRename, type Refusal, rename } from '../../features/navigation/rename'
import { typeDefinition } from '../../features/navigation/type-definition'
import type { Workspace } from '../../features/navigation/workspace'
import { workspaceSymbols } from '../../features/navigation/workspace-symbols'
import type { FeatureContext } from '../features'
import { type Checkpoint, wrapDocumentRequest, wrapRequest } from '../requests'
import { normalizeUri } from '../uri'

/** The files and folders whose moves the server wants to hear of. */
export const MOVED_FILES: FileOperationRegistrationOptions['filters'] = [
  { pattern: { glob: '**/*.cnn', matches: 'file' } },
  { pattern: { glob: '**', matches: 'folder' } },
]

export function navigationCapabilities({ textDocument }: ClientCapabilities): ServerCapabilities {
  return {
    definitionProvider: true,
    typeDefinitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    // The protocol allows the options only where the client knows them.
    renameProvider: textDocument?.rename?.prepareSupport === true ? { prepareProvider: true } : true,
    linkedEditingRangeProvider: true,
    workspaceSymbolProvider: true,
    callHierarchyProvider: true,
  }
}

type Needs = Pick<FeatureContext, 'project' | 'documents' | 'sources' | 'analyses'>

/** All files of the workspace, those that are open, and what they import. */
export async function workspaceOf(server: Needs): Promise<Workspace> {
  const { project, documents } = server
  return loaded(server, [...(await project.load()), ...documents.uris()])
}

async function loaded({ sources, analyses }: Needs, uris: readonly string[]): Promise<Workspace> {
  await sources.load(uris)
  const reached = new Set(uris.flatMap((uri) => [...sources.closure(uri)]))
  const files = [...reached].sort().flatMap((uri) => {
    const tree = sources.tree(uri)
    return tree === undefined ? [] : [[uri, tree] as const]
  })
  return { files: new Map(files), resolve: sources.host.resolve, lines: analyses.lines }
}

/** Installs the handlers of the requests that lead from place to place, and of those about several files. */
export function registerNavigation(server: FeatureContext): void {
  const { connection, context, analyses, capabilities } = server
  /** A file with what it imports: enough for what does not ask who imports it. */
  const ownFiles = (uri: string) => loaded(server, [uri])

  connection.onDefinition(
    wrapDocumentRequest(context, { name: 'definition', empty: null }, async (uri, { position }) => {
      const workspace = await ownFiles(uri)
      const links = definition(workspace, uri, workspace.lines(uri).offset(position))
      return asLocations(links, capabilities().textDocument?.definition?.linkSupport)
    }),
  )

  connection.onTypeDefinition(
    wrapDocumentRequest(
      context,
      { name: 'type definition', empty: null },
      async (uri, { position }, checkpoint) => {
        const view = await analyses.view(uri, checkpoint)
        if (view === undefined) return null
        const links = typeDefinition(view, await ownFiles(uri), view.lines(uri).offset(position))
        return asLocations(links, capabilities().textDocument?.typeDefinition?.linkSupport)
      },
    ),
  )

  connection.onReferences(
    wrapDocumentRequest(
      context,
      { name: 'references', empty: null },
      async (uri, { position, context: options }) => {
        const workspace = await workspaceOf(server)
        return references(workspace, uri, workspace.lines(uri).offset(position), options)
      },
    ),
  )

  connection.onDocumentHighlight(
    wrapDocumentRequest(context, { name: 'highlights', empty: null }, async (uri, { position }) => {
      const workspace = await ownFiles(uri)
      return documentHighlight(workspace, uri, workspace.lines(uri).offset(position))
    }),
  )

  connection.languages.onLinkedEditingRange(
    wrapDocumentRequest(context, { name: 'linked editing', empty: null }, async (uri, { position }) => {
      const workspace = await ownFiles(uri)
      return linkedEditing(workspace, uri, workspace.lines(uri).offset(position)) ?? null
    }),
  )

  connection.onPrepareRename(
    wrapDocumentRequest(context, { name: 'rename', empty: null }, async (uri, { position }) => {
      const workspace = await ownFiles(uri)
      return accepted(prepareRename(workspace, uri, workspace.lines(uri).offset(position)))
    }),
  )
  connection.onRenameRequest(
    wrapDocumentRequest(context, { name: 'rename', empty: null }, async (uri, { position, newName }) => {
      const workspace = await workspaceOf(server)
      return accepted(rename(workspace, uri, workspace.lines(uri).offset(position), newName))
    }),
  )

  connection.onWorkspaceSymbol(
    wrapRequest(context, { name: 'workspace symbols', empty: null }, async ({ query }) =>
      workspaceSymbols(await workspaceOf(server), query),
    ),
  )

  connection.workspace.onWillRenameFiles(
    wrapRequest(context, { name: 'renamed files', empty: null }, async ({ files }) => {
      const moves = files.map(({ oldUri, newUri }) => ({
        from: normalizeUri(oldUri),
        to: normalizeUri(newUri),
      }))
      const changes = importsAfterMove(await workspaceOf(server), moves)
      return Object.keys(changes).length === 0 ? null : { changes }
    }),
  )

  registerCallHierarchy(server)
}

function registerCallHierarchy(server: FeatureContext): void {
  const { connection, context, analyses } = server
  const sceneOf = async (uri: string, checkpoint: Checkpoint): Promise<Scene | undefined> => {
    const view = await analyses.view(uri, checkpoint)
    return view && { view, workspace: await workspaceOf(server) }
  }
  const options = { name: 'call hierarchy', empty: null }

  connection.languages.callHierarchy.onPrepare(
    wrapDocumentRequest(context, options, async (uri, { position }, checkpoint) => {
      const scene = await sceneOf(uri, checkpoint)
      return scene ? prepareCallHierarchy(scene, scene.view.lines(uri).offset(position)) : null
    }),
  )
  connection.languages.callHierarchy.onIncomingCalls(
    wrapRequest(context, options, async ({ item }, checkpoint) => {
      const uri = normalizeUri(item.uri)
      const scene = await sceneOf(uri, checkpoint)
      return scene ? incomingCalls(scene, { ...item, uri }) : null
    }),
  )
  connection.languages.callHierarchy.onOutgoingCalls(
    wrapRequest(context, options, async ({ item }, checkpoint) => {
      const uri = normalizeUri(item.uri)
      const scene = await sceneOf(uri, checkpoint)
      return scene ? outgoingCalls(scene, { ...item, uri }) : null
    }),
  )
}

/** An answer that is none of the refusals, which the client shows to the user. */
function accepted<T extends object>(answer: T | Refusal | undefined): Exclude<T, Refusal> | null {
  if (isRefusal(answer)) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refused)
  return (answer ?? null) as Exclude<T, Refusal> | null
}

/** Links as they are, or as plain locations for a client that knows no others. */
function asLocations(links: LocationLink[], linkSupport: boolean | undefined): LocationLink[] | Location[] {
  if (linkSupport === true) return links
  return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }))
}
