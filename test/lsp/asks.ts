import { ErrorCodes, LSPErrorCodes, type Position } from 'vscode-languageserver-protocol'
import type { Below } from './random-edits'

/** An open document with a place in it, and the numbers by which one of several answers is chosen. */
export interface Place {
  readonly uri: string
  readonly position: Position
  readonly below: Below
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

/** Sizes of one rank and another, what is no size, and the way back. */
const trySize = ({ uri, below }: Place) => ({
  uri,
  size: ['[3, 17, 19]', '1x32x32', '[4, 3', null][below(4)],
})

/** What the commands are given. */
const COMMANDS: Readonly<Record<string, Params>> = {
  'cnnlint.checkWorkspace': () => [],
  'cnnlint.inputSizes': ({ uri }) => [{ uri }],
  'cnnlint.trySize': (place) => [trySize(place)],
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
  'textDocument/onTypeFormatting': (place) => ({
    ...atPosition(place),
    ch: place.below(2) === 0 ? '}' : '\n',
    options: { tabSize: 2, insertSpaces: true },
  }),
  'textDocument/codeAction': (place) => ({
    ...onDocument(place),
    range: { start: place.position, end: place.below(2) === 0 ? place.position : FAR },
    context: { diagnostics: [] },
  }),
  'codeAction/resolve': oneOf('textDocument/codeAction'),
  'workspace/executeCommand': async (place, send) => {
    const commands = Object.entries(COMMANDS)
    const [command, args] = commands[place.below(commands.length)] as [string, Params]
    return { command, arguments: await args(place, send) }
  },
  'cnnlint/totals': atPosition,
  'cnnlint/inputs': (place) => ({ ...onDocument(place), sizes: place.below(10) === 0 }),
  'cnnlint/trySize': trySize,
  'workspace/willRenameFiles': ({ uri }) => ({ files: [{ oldUri: uri, newUri: `${uri}.moved.cnn` }] }),
}

/** The methods of all requests that can be asked, and the commands. */
export const ASKED: readonly string[] = Object.keys(PARAMS)
export const COMMANDED: readonly string[] = Object.keys(COMMANDS)

/** Asked after every edit. */
const ALWAYS = new Set(['textDocument/diagnostic', 'textDocument/hover', 'textDocument/completion'])

/** Asked after few edits: they work on all files. */
const SELDOM = new Set(['workspace/diagnostic', 'workspace/executeCommand'])

/** The methods to ask after an edit, by chance, so that in the long run all are asked. */
export function someMethods(below: Below): readonly string[] {
  const oneIn = (method: string) => (ALWAYS.has(method) ? 1 : SELDOM.has(method) ? 500 : 8)
  return ASKED.filter((method) => below(oneIn(method)) === 0)
}

/** Settings with every kind of hint on. */
export const ALL_HINTS = { inlayHints: { shapes: true, changedAxes: true, optionNames: true } }

/** Requests that refuse what they cannot do by this error. */
const REFUSALS: Readonly<Record<string, number>> = {
  'textDocument/prepareRename': LSPErrorCodes.RequestFailed,
  'textDocument/rename': LSPErrorCodes.RequestFailed,
  'cnnlint/trySize': ErrorCodes.InvalidParams,
  'workspace/executeCommand': ErrorCodes.InvalidParams,
}

/** Asks for a feature at a place. That the server refuses is an answer too. */
export async function ask(send: Send, method: string, place: Place): Promise<unknown> {
  const params = await PARAMS[method]?.(place, send)
  if (params === undefined) return undefined
  return send(method, params).catch((error) => {
    if (error.code !== REFUSALS[method]) throw error
  })
}
