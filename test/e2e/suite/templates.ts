import * as vscode from 'vscode'
import { equal, hoverOn, matches, waitFor, waitForNoErrors } from './helpers'

export const tests = {
  'a classic is opened from its template, and understood at once': async () => {
    await vscode.commands.executeCommand('cnnlint.newNetwork', 'ResNet-18')
    const document = vscode.window.activeTextEditor?.document
    if (!document) throw new Error('No document was opened.')
    equal([document.isUntitled, document.languageId], [true, 'cnn'])
    equal(document.uri.toString(), 'untitled:ResNet18.cnn')
    matches(await hoverOn(document, 'ResNet18(classes'), /11\.7M|11,689,512/)
    await waitForNoErrors(document.uri)
    await close()
  },

  'a second one of a template gets a name of its own': async () => {
    const open = () =>
      vscode.commands.executeCommand<vscode.TextDocument>('cnnlint.newNetwork', 'Empty network')
    const documents = [await open(), await open()]
    equal(
      documents.map(({ uri }) => uri.toString()),
      ['untitled:Network.cnn', 'untitled:Network-2.cnn'],
    )
    for (const { uri } of documents) await waitForNoErrors(uri)
    await close()
    await close()
  },

  'there are a U-Net with padding and a modern network': async () => {
    for (const [label, name] of [
      ['U-Net with padding', 'PaddedUNet'],
      ['ConvNeXt-T', 'ConvNeXtT'],
    ]) {
      await vscode.commands.executeCommand('cnnlint.newNetwork', label)
      const document = vscode.window.activeTextEditor?.document
      equal(document?.uri.toString(), `untitled:${name}.cnn`)
      if (document) await waitForNoErrors(document.uri)
      await close()
    }
  },

  'a snippet is inserted by its prefix': async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'cnn', content: '' })
    const editor = await vscode.window.showTextDocument(document)
    await vscode.commands.executeCommand('editor.action.insertSnippet', { langId: 'cnn', name: 'Network' })
    await waitFor('the snippet', () => document.getText().includes('network Name {'))
    equal(editor.selections.length, 1)
    await waitForNoErrors(document.uri)
    await close()
  },
}

/** Closes the active editor and what was typed into it. */
const close = () => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor')
