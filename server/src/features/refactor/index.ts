/** All refactorings, sorted by name. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver-types'
import type { Host } from '../../check/analysis'
import type { View } from '../support/view'
import { extractBlock } from './extract-block'
import { extractConstant } from './extract-constant'
import { extractStatements } from './extract-statements'
import { factoriseKernel } from './factorise-kernel'
import { offered, type RefactorOptions, type RefactorRequest, resolved } from './frame/offer'
import type { Refactoring } from './frame/refactoring'
import { inlineBlock } from './inline-block'
import { nameStage } from './name-stage'
import { repeatStages } from './repeat-stages'
import { rewritePadding } from './rewrite-padding'

export { isDeferred, RENAME_AT, type RefactorOptions, type RefactorRequest } from './frame/offer'

export const REFACTORINGS: readonly Refactoring[] = [
  extractBlock,
  extractConstant,
  extractStatements,
  factoriseKernel,
  inlineBlock,
  nameStage,
  repeatStages,
  rewritePadding,
]

/** The kinds of actions that refactorings are, for the editor's menus. */
export const REFACTOR_KINDS = [
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorInline,
  CodeActionKind.RefactorRewrite,
]

/** The refactorings at a range, of the kinds that are asked for. */
export function refactorings(
  view: View,
  host: Host,
  request: RefactorRequest,
  isAsked: (kind: string) => boolean,
): Generator<CodeAction> {
  return offered(REFACTORINGS, view, host, request, isAsked)
}

/** Completes a refactoring that was offered without its edit. */
export function resolveRefactoring(
  view: View,
  host: Host,
  action: CodeAction,
  options: RefactorOptions,
): CodeAction {
  return resolved(REFACTORINGS, view, host, action, options)
}
