import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionParams,
  CompletionTriggerKind,
  type ServerCapabilities,
} from 'vscode-languageserver'
import {
  asksForPath,
  type CompletionSupport,
  completion,
  resolveCompletion,
  TRIGGERS,
} from '../../features/completion'
import { type SignatureSupport, signatureHelp } from '../../features/signature-help'
import type { FeatureContext } from '../features'
import { wrapDocumentRequest, wrapRequest } from '../requests'
import { normalizeUri } from '../uri'

export const WRITING_CAPABILITIES: ServerCapabilities = {
  completionProvider: {
    triggerCharacters: [...TRIGGERS],
    resolveProvider: true,
    completionItem: { labelDetailsSupport: true },
  },
  signatureHelpProvider: { triggerCharacters: ['('], retriggerCharacters: [','] },
}

/** What helps to write: what may stand at the cursor, and which parameter it is. */
export function registerWriting(server: FeatureContext): void {
  const { connection, context, analyses, project, capabilities, hasEditorCommands } = server

  // A client filters one answer while its user types on, so that what is known of the letter before is no less
  // welcome: an edit meanwhile does not make it stale.
  connection.onCompletion(
    wrapRequest(
      context,
      { name: 'completion', empty: null },
      async (params: CompletionParams, checkpoint) => {
        const uri = normalizeUri(params.textDocument.uri)
        const view = await analyses.view(uri, checkpoint)
        if (view === undefined) return null
        const offset = view.lines(uri).offset(params.position)
        const files = asksForPath(view, offset) ? await project.neighbours(uri) : []
        const isTyped = params.context?.triggerKind === CompletionTriggerKind.TriggerCharacter
        const trigger = isTyped ? params.context?.triggerCharacter : undefined
        const support = { ...completionSupport(capabilities()), editorCommands: hasEditorCommands() }
        return completion(view, { offset, trigger, files, support })
      },
    ),
  )
  connection.onCompletionResolve(async (item, token) => {
    const options = { name: 'completion item', empty: item }
    return wrapRequest(context, options, async (_: CompletionItem, checkpoint) => {
      const uri: unknown = item.data?.uri
      const view = typeof uri === 'string' ? await analyses.view(normalizeUri(uri), checkpoint) : undefined
      return view === undefined ? item : resolveCompletion(view, item)
    })(item, token)
  })

  connection.onSignatureHelp(
    wrapDocumentRequest(
      context,
      { name: 'signature', empty: null },
      async (uri, { position }, checkpoint) => {
        const view = await analyses.view(uri, checkpoint)
        if (view === undefined) return null
        const offset = view.lines(uri).offset(position)
        return signatureHelp(view, offset, signatureSupport(capabilities())) ?? null
      },
    ),
  )
}

function completionSupport({ textDocument }: ClientCapabilities): Omit<CompletionSupport, 'editorCommands'> {
  const item = textDocument?.completion?.completionItem
  return {
    snippets: item?.snippetSupport === true,
    insertReplace: item?.insertReplaceSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    commitCharacters: item?.commitCharactersSupport === true,
  }
}

function signatureSupport({ textDocument }: ClientCapabilities): SignatureSupport {
  const information = textDocument?.signatureHelp?.signatureInformation
  return {
    labelOffsets: information?.parameterInformation?.labelOffsetSupport === true,
    noActiveParameter: information?.noActiveParameterSupport === true,
  }
}
