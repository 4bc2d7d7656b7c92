import * as vscode from 'vscode'
import {
  applyAction,
  applyEdit,
  codeActions,
  equal,
  matches,
  rangeOf,
  waitForNoErrors,
  withFile,
} from './helpers'

export const tests = {
  'selected stages become a block, and the editor is asked for its name': () =>
    withFile('residual.cnn', async (document) => {
      await waitForNoErrors(document.uri)
      const range = rangeOf(document, 'conv(16, 3, padding=1, bias=false) -> batchnorm -> relu')
      const kind = vscode.CodeActionKind.RefactorExtract.append('block')
      const [action] = await codeActions(document.uri, range, kind)
      if (!action) throw new Error('No block can be extracted.')
      equal(action.title, 'Extract block conv_batchnorm_relu')
      equal(action.command?.command, '_cnnlint.renameAt')
      // The command would wait for the new name.
      if (action.edit) await applyEdit(action.edit)
      matches(document.getText(), /stem = image -> conv_batchnorm_relu\n/)
      await waitForNoErrors(document.uri)
    }),

  'a call is replaced by the body of its block': () =>
    withFile('blocks.cnn', async (document) => {
      await waitForNoErrors(document.uri)
      const last = document.lineAt(document.lineCount - 1).range.end
      const edit = new vscode.WorkspaceEdit()
      const text = 'block twice(x: tensor) { return x -> residual(8) -> residual(8) }\n'
      edit.insert(document.uri, last, `\n${text}`)
      await vscode.workspace.applyEdit(edit)
      const range = rangeOf(document, 'residual(8)')
      const cursor = new vscode.Range(range.start, range.start)
      const [action] = await codeActions(document.uri, cursor, vscode.CodeActionKind.RefactorInline)
      equal(action?.title, 'Inline residual')
      if (action) await applyAction(action)
      matches(document.getText(), /-> conv\(8, 3, stride=1, padding=1, bias=false\)/)
      await waitForNoErrors(document.uri)
    }),

  'equal stages become a repetition': () =>
    withFile('residual.cnn', async (document) => {
      await waitForNoErrors(document.uri)
      const edit = new vscode.WorkspaceEdit()
      edit.replace(document.uri, rangeOf(document, '2 * residual(16)'), 'residual(16) -> residual(16)')
      await vscode.workspace.applyEdit(edit)
      const { start } = rangeOf(document, 'residual(16) ->')
      const kind = vscode.CodeActionKind.RefactorRewrite
      const actions = await codeActions(document.uri, new vscode.Range(start, start), kind)
      const action = actions.find(({ title }) => title === 'Write 2 * residual(16)')
      if (!action) throw new Error(`Only these are offered: ${actions.map(({ title }) => title)}`)
      await applyAction(action)
      matches(document.getText(), /stem -> 2 \* residual\(16\) -> residual\(32, stride=2\)/)
    }),
}
