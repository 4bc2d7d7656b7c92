import * as vscode from 'vscode'
import { applyEdit, equal, withFile } from './helpers'

const TIDY = `## Written in a hurry.
network Hurry {
  input image: [3, 32, 32]   # colour
  y = image -> conv(8, 3, padding=1) -> relu
  output logits = y -> global_avgpool -> flatten -> linear(10)
}
`

export const tests = {
  'a document is formatted, its comments kept': () =>
    withFile('hurry.cnn', async (document) => {
      await format(document)
      equal(document.getText().split('\n'), TIDY.split('\n'))
      equal(await editsOf(document), [])
    }),
}

async function format(document: vscode.TextDocument): Promise<void> {
  const edits = await editsOf(document)
  if (edits.length === 0) throw new Error('Formatting changes nothing.')
  const edit = new vscode.WorkspaceEdit()
  edit.set(document.uri, edits)
  await applyEdit(edit)
}

/** What formatting would change; VS Code answers undefined for nothing. */
const editsOf = async (document: vscode.TextDocument): Promise<vscode.TextEdit[]> =>
  (await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
    'vscode.executeFormatDocumentProvider',
    document.uri,
    { tabSize: 2, insertSpaces: true },
  )) ?? []
