import {
  type Connection,
  type ServerCapabilities,
  type TextDocumentContentChangeEvent,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver'
import { type Position, TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from '../../../../grammar/parse'
import type { SourceFile } from '../../../../grammar/tree'
import { isConfigFile } from '../../config/names'
import { decodeCharacter, type Encoding } from '../encoding'
import type { ServerConfig } from '../server-config'
import { normalizeUri } from '../uri'

/** The documents that the editor holds open, by their normalized URIs. */
export interface Documents {
  get(uri: string): TextDocument | undefined
  /** The tree of an open document's present text, which is parsed once. Configurations have none. */
  tree(uri: string): SourceFile | undefined
  /** The open documents, configurations left out. */
  uris(): readonly string[]
  /** The open configurations. */
  configs(): readonly string[]
  /**
   * A number that is another one for every text of an open document, undefined for a closed one: clients may send
   * two texts under one version.
   */
  revision(uri: string): number | undefined
  /** The line that was changed last, until the document is saved. */
  editedLine(uri: string): number | undefined
  /** Called when a document was opened, edited or saved, with its URI. */
  onChange(listener: (uri: string) => void): void
  /** Called after a document was closed. */
  onClose(listener: (uri: string) => void): void
}

/** How the texts of open documents come. */
export const DOCUMENT_CAPABILITIES: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
}

export interface DocumentsNeeds {
  readonly connection: Connection
  readonly config: ServerConfig
}

/** Follows the documents of a connection from now on. */
export function createDocuments({ connection, config }: DocumentsNeeds): Documents {
  const open = new Map<string, TextDocument>()
  const trees = new WeakMap<TextDocument, SourceFile>()
  const revisions = new Map<string, number>()
  let revision = 0
  const editedLines = new Map<string, number | undefined>()
  const manager = new TextDocuments<TextDocument>({
    create: TextDocument.create,
    update(document, changes, version) {
      for (const change of changes) {
        TextDocument.update(document, [decodeChange(document, change, config.encoding)], version)
      }
      trees.delete(document)
      revisions.set(normalizeUri(document.uri), ++revision)
      editedLines.set(normalizeUri(document.uri), lastLine(changes.at(-1)))
      return document
    },
  })
  manager.onDidOpen(({ document }) => {
    open.set(normalizeUri(document.uri), document)
    revisions.set(normalizeUri(document.uri), ++revision)
  })
  manager.onDidSave(({ document }) => editedLines.delete(normalizeUri(document.uri)))
  manager.onDidClose(({ document }) => {
    open.delete(normalizeUri(document.uri))
    revisions.delete(normalizeUri(document.uri))
    editedLines.delete(normalizeUri(document.uri))
  })
  manager.listen(connection)

  return {
    get: (uri) => open.get(uri),
    tree(uri) {
      const document = open.get(uri)
      if (document === undefined || isConfigFile(uri)) return undefined
      const known = trees.get(document)
      if (known !== undefined) return known
      const tree = parse(document.getText())
      trees.set(document, tree)
      return tree
    },
    uris: () => [...open.keys()].filter((uri) => !isConfigFile(uri)),
    configs: () => [...open.keys()].filter(isConfigFile),
    revision: (uri) => revisions.get(uri),
    editedLine: (uri) => editedLines.get(uri),
    onChange(listener) {
      manager.onDidChangeContent(({ document }) => listener(normalizeUri(document.uri)))
      manager.onDidSave(({ document }) => listener(normalizeUri(document.uri)))
    },
    onClose(listener) {
      manager.onDidClose(({ document }) => listener(normalizeUri(document.uri)))
    },
  }
}

/** The line on which the text that a change brings ends; unknown where the whole text was replaced. */
function lastLine(change: TextDocumentContentChangeEvent | undefined): number | undefined {
  if (change === undefined || !('range' in change)) return undefined
  return change.range.start.line + change.text.split(/\r\n|\r|\n/).length - 1
}

/** The same change with UTF-16 columns, which the document counts in. */
function decodeChange(
  document: TextDocument,
  change: TextDocumentContentChangeEvent,
  encoding: Encoding,
): TextDocumentContentChangeEvent {
  if (encoding === 'utf-16' || !('range' in change)) return change
  const decoded = ({ line, character }: Position): Position => {
    const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } })
    return { line, character: decodeCharacter(text, character, encoding) }
  }
  const { start, end } = change.range
  return { range: { start: decoded(start), end: decoded(end) }, text: change.text }
}
