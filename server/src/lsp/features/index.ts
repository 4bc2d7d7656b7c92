import { callHierarchyFeature } from './call-hierarchy'
import { checkWorkspaceFeature } from './check-workspace'
import { codeActionFeature } from './code-actions'
import { codeLensFeature } from './code-lens'
import { commandFeature } from './commands'
import { completionFeature } from './completion'
import { definitionFeature } from './definition'
import { diagnosticFeature } from './diagnostics'
import { documentLinkFeature } from './document-links'
import { documentSymbolFeature } from './document-symbols'
import type { Feature } from './feature'
import { foldingFeature } from './folding'
import { formattingFeature } from './formatting'
import { hoverFeature } from './hover'
import { inlayHintFeature } from './inlay-hints'
import { inputSizeFeature } from './input-sizes'
import { movedFilesFeature } from './moved-files'
import { referencesFeature } from './references'
import { renameFeature } from './rename'
import { selectionRangeFeature } from './selection-ranges'
import { semanticTokenFeature } from './semantic-tokens'
import { signatureHelpFeature } from './signature-help'
import { totalsFeature } from './totals'
import { workspaceChangesFeature } from './workspace-changes'
import { workspaceSymbolFeature } from './workspace-symbols'

const features: readonly Feature[] = [
  callHierarchyFeature,
  checkWorkspaceFeature,
  codeActionFeature,
  codeLensFeature,
  completionFeature,
  definitionFeature,
  diagnosticFeature,
  documentLinkFeature,
  documentSymbolFeature,
  foldingFeature,
  formattingFeature,
  hoverFeature,
  inlayHintFeature,
  inputSizeFeature,
  movedFilesFeature,
  referencesFeature,
  renameFeature,
  selectionRangeFeature,
  semanticTokenFeature,
  signatureHelpFeature,
  totalsFeature,
  workspaceChangesFeature,
  workspaceSymbolFeature,
]

/** Everything that the server offers. */
export const FEATURES: readonly Feature[] = [...features, commandFeature(features)]
