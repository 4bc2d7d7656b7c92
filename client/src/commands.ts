import { commands, Position, type ProviderResult, Range, TextEditorRevealType, Uri, window } from 'vscode'
import type { WorkspaceReport } from './protocol'
import { summarize } from './report'

/**
 * Asks the server to check the whole workspace, which it shows the progress of; then shows the problems and
 * says how many there are.
 */
export async function checkWorkspace(
  ask: () => ProviderResult<WorkspaceReport>,
): Promise<WorkspaceReport | null | undefined> {
  const report = await ask()
  if (!report) return report
  await commands.executeCommand('workbench.panel.markers.view.focus')
  const show = report.errors > 0 ? window.showWarningMessage : window.showInformationMessage
  // The message stays until it is dismissed; a command that waited for that would look unfinished.
  void show(`cnnlint: ${summarize(report)}`)
  return report
}

/** Asks for a better name than the one that a refactoring has made up. */
export async function renameAt(uri: string, { line, character }: Pick<Position, 'line' | 'character'>) {
  await commands.executeCommand('editor.action.rename', [Uri.parse(uri), new Position(line, character)])
}

/** Shows the uses of the block at a place, or what the hover knows of the network there. */
export async function showAt(
  address: string,
  { line, character }: Pick<Position, 'line' | 'character'>,
  what: 'uses' | 'details',
) {
  const [uri, position] = [Uri.parse(address), new Position(line, character)]
  if (what === 'uses') {
    const found = await commands.executeCommand('vscode.executeReferenceProvider', uri, position)
    await commands.executeCommand('editor.action.showReferences', uri, position, found ?? [])
    return
  }
  const editor = await window.showTextDocument(uri, { selection: new Range(position, position) })
  editor.revealRange(new Range(position, position), TextEditorRevealType.InCenterIfOutsideViewport)
  await commands.executeCommand('editor.action.showHover')
}
