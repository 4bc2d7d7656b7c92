import { CodeAction, CodeActionKind, commands } from 'vscode'
import type { Middleware } from 'vscode-languageclient'

// Takes note of what the user has seen and done for the first time: by these context keys the walkthrough ticks
// its steps off.
const HOVERED = 'cnnlint.hovered'
const FIXED = 'cnnlint.fixed'

let hasHovered = false

export const milestones: Middleware = {
  async provideHover(document, position, token, next) {
    const hover = await next(document, position, token)
    if (hover && !hasHovered) {
      hasHovered = true
      void commands.executeCommand('setContext', HOVERED, true)
    }
    return hover
  },
  async provideCodeActions(document, range, context, token, next) {
    const actions = await next(document, range, context, token)
    for (const action of actions ?? []) {
      if (action instanceof CodeAction && action.kind && CodeActionKind.QuickFix.contains(action.kind)) {
        // VS Code runs the command after the edit, and tells nobody else that the fix was taken.
        action.command ??= { title: '', command: 'setContext', arguments: [FIXED, true] }
      }
    }
    return actions
  },
}
