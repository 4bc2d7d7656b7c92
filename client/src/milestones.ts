import { commands } from 'vscode'
import type { Middleware } from 'vscode-languageclient'

const reached = new Set<string>()

/** Sets a context key, by which the walkthrough ticks a step off. */
function reach(key: string): void {
  if (reached.has(key)) return
  reached.add(key)
  void commands.executeCommand('setContext', key, true)
}

/** Takes note of what the user has seen and done for the first time. */
export const milestones: Middleware = {
  async provideHover(document, position, token, next) {
    const hover = await next(document, position, token)
    if (hover) reach('cnnlint.hovered')
    return hover
  },
  // A fix gets its edits when it is applied.
  async resolveCodeAction(action, token, next) {
    const resolved = await next(action, token)
    if (resolved?.edit) reach('cnnlint.fixed')
    return resolved
  },
}
