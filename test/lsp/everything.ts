import type { ClientCapabilities } from 'vscode-languageserver-protocol/node'

const dynamicRegistration = true

/** An editor that can do all that the server looks for. */
export const EVERYTHING: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  window: { workDoneProgress: true },
  workspace: {
    workspaceFolders: true,
    configuration: true,
    didChangeConfiguration: { dynamicRegistration },
    didChangeWatchedFiles: { dynamicRegistration },
    fileOperations: { willRename: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration, didSave: true },
    diagnostic: { dynamicRegistration, relatedDocumentSupport: true },
    completion: {
      completionItem: {
        snippetSupport: true,
        insertReplaceSupport: true,
        labelDetailsSupport: true,
        commitCharactersSupport: true,
      },
    },
    signatureHelp: {
      signatureInformation: {
        parameterInformation: { labelOffsetSupport: true },
        noActiveParameterSupport: true,
      },
    },
    definition: { linkSupport: true },
    typeDefinition: { linkSupport: true },
    rename: { prepareSupport: true },
  },
}
