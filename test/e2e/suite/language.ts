import * as vscode from 'vscode'
import { equal, rangeOf, waitFor, withFile } from './helpers'

export const tests = {
  'a line is commented out with #': () =>
    withFile('residual.cnn', async (document) => {
      const line = rangeOf(document, 'deep = stem').start.line
      const before = document.lineAt(line).text
      const editor = await vscode.window.showTextDocument(document)
      editor.selection = new vscode.Selection(line, 4, line, 4)
      await vscode.commands.executeCommand('editor.action.commentLine')
      equal(document.lineAt(line).text, before.replace('deep', '# deep'))
    }),

  'a new line inside a body is indented': () =>
    withFile('residual.cnn', async (document) => {
      const { start } = rangeOf(document, 'network Small')
      const editor = await vscode.window.showTextDocument(document)
      const end = document.lineAt(start.line).range.end
      editor.selection = new vscode.Selection(end, end)
      await vscode.commands.executeCommand('type', { text: '\n' })
      await vscode.commands.executeCommand('type', { text: 'a' })
      await waitFor('the new line', () => document.lineAt(start.line + 1).text.includes('a'))
      equal(document.lineAt(start.line + 1).text, '  a')
    }),
}
