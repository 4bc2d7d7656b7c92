import { LSPErrorCodes, type Position } from 'vscode-languageserver-protocol'

/** An open document with a place in it, and the numbers by which one of several answers is chosen. */
export interface Place {
  readonly uri: string
  readonly position: Position
  /** A random number from 0 up to the limit, which is left out. */
  readonly below: (limit: number) => number
}

/** Sends a request, and gives its answer. */
export type Send = (method: string, params: unknown) => Promise<unknown>

/** The parameters of a request at a place; undefined where there is nothing to ask about. */
type Params = (place: Place, send: Send) => unknown

const onDocument = ({ uri }: Place) => ({ textDocument: { uri } })
const atPosition = (place: Place) => ({ ...onDocument(place), position: place.position })
/** From the top of the document, or from the place on. */
const inRange = (place: Place) => {
  const [start, end] = place.below(2) === 0 ? [TOP, place.position] : [place.position, FAR]
  return { ...onDocument(place), range: { start, end } }
}
const TOP: Position = { line: 0, character: 0 }
const FAR: Position = { line: 100_000, character: 0 }

const format = (place: Place) => ({ options: { tabSize: 2, insertSpaces: true }, ...inRange(place) })

/** One of the items that another request answers with, as it is or as a part of the parameters. */
const oneOf =
  (method: string, wrap = (item: unknown): unknown => item): Params =>
  async (place, send) => {
    const answer = await ask(send, method, place)
    const items = (answer as { items?: unknown } | null)?.items ?? answer
    return Array.isArray(items) && items.length > 0 ? wrap(items[place.below(items.length)]) : undefined
  }
const asItem = (item: unknown) => ({ item })

/** What the commands are given. */
const COMMANDS: Readonly<Record<string, Params>> = {
  'cnnlint.checkWorkspace': () => [],
}

/** What an editor sends to ask for each feature. */
const PARAMS: Readonly<Record<string, Params>> = {
  'textDocument/diagnostic': onDocument,
  'workspace/diagnostic': () => ({ previousResultIds: [] }),
  'textDocument/hover': atPosition,
  'textDocument/completion': atPosition,
  'completionItem/resolve': oneOf('textDocument/completion'),
  'textDocument/signatureHelp': atPosition,
  'textDocument/inlayHint': inRange,
  'inlayHint/resolve': oneOf('textDocument/inlayHint'),
  'textDocument/codeLens': onDocument,
  'textDocument/semanticTokens/full': onDocument,
  'textDocument/semanticTokens/full/delta': async (place, send) => {
    const before = await ask(send, 'textDocument/semanticTokens/full', place)
    return { ...onDocument(place), previousResultId: (before as { resultId?: string }).resultId ?? '' }
  },
  'textDocument/semanticTokens/range': inRange,
  'textDocument/documentSymbol': onDocument,
  'textDocument/documentLink': onDocument,
  'textDocument/foldingRange': onDocument,
  'textDocument/selectionRange': (place) => ({ ...onDocument(place), positions: [place.position] }),
  'textDocument/definition': atPosition,
  'textDocument/typeDefinition': atPosition,
  'textDocument/references': (place) => ({ ...atPosition(place), context: { includeDeclaration: true } }),
  'textDocument/documentHighlight': atPosition,
  'textDocument/linkedEditingRange': atPosition,
  'textDocument/prepareRename': atPosition,
  'textDocument/rename': (place) => ({
    ...atPosition(place),
    newName: ['fresh', 'x', 'conv', '3'][place.below(4)],
  }),
  'workspace/symbol': (place) => ({ query: ['', 'net', 'x'][place.below(3)] }),
  'textDocument/prepareCallHierarchy': atPosition,
  'callHierarchy/incomingCalls': oneOf('textDocument/prepareCallHierarchy', asItem),
  'callHierarchy/outgoingCalls': oneOf('textDocument/prepareCallHierarchy', asItem),
  'textDocument/formatting': format,
  'textDocument/rangeFormatting': format,
  'textDocument/codeAction': (place) => ({
    ...onDocument(place),
    range: { start: place.position, end: place.position },
    context: { diagnostics: [] },
  }),
  'codeAction/resolve': oneOf('textDocument/codeAction'),
  'workspace/executeCommand': async (place, send) => {
    const commands = Object.entries(COMMANDS)
    const [command, args] = commands[place.below(commands.length)] as [string, Params]
    return { command, arguments: await args(place, send) }
  },
  'workspace/willRenameFiles': ({ uri }) => ({ files: [{ oldUri: uri, newUri: `${uri}.moved.cnn` }] }),
}

/** The methods of all requests that can be asked, and the commands. */
export const ASKED: readonly string[] = Object.keys(PARAMS)
export const COMMANDED: readonly string[] = Object.keys(COMMANDS)

/** Asks for a feature at a place. That the server refuses, as a rename does, is an answer too. */
export async function ask(send: Send, method: string, place: Place): Promise<unknown> {
  const params = await PARAMS[method]?.(place, send)
  if (params === undefined) return undefined
  return send(method, params).catch((error) => {
    if (error.code !== LSPErrorCodes.RequestFailed) throw error
  })
}
