import * as vscode from 'vscode'
import { equal, errorsOf, hoverOn, matches, open, uriOf, waitFor, waitForNoErrors } from './helpers'

/** The code of a diagnostic, which VS Code has with its page. */
const codeOf = (code: vscode.Diagnostic['code']) => String(typeof code === 'object' ? code.value : code)

export const tests = {
  'the whole workspace is checked, files that are not open included': async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors')
    const files = await vscode.workspace.findFiles('**/*.cnn')
    const report = await vscode.commands.executeCommand<{ files: number; errors: number }>(
      'cnnlint.checkWorkspace',
    )
    equal(report.files, files.length)
    await waitFor('the error of a file that is not open', () => errorsOf(uriOf('broken.cnn')).length === 1)
    equal(report.errors, files.flatMap(errorsOf).length)
    const examples = files.filter(({ path }) => path.includes('/examples/'))
    if (examples.length === 0) throw new Error('There are no examples.')
    equal(
      examples.flatMap((uri) => errorsOf(uri).map(({ message }) => `${uri.path} ${message}`)),
      [],
    )
  },

  'what other files import is in use, though they are not open': async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors')
    const { uri } = await open('examples/classification/resnet.cnn')
    await waitForNoErrors(uri)
    const found = vscode.languages
      .getDiagnostics()
      .flatMap(([file, all]) => all.map(({ code }) => [file.path, code] as const))
      .filter(([path, code]) => path.includes('/examples/') && codeOf(code).startsWith('unused-'))
    equal(found, [])
  },

  'the server answers after a restart': async () => {
    const document = await open('residual.cnn')
    await vscode.commands.executeCommand('cnnlint.restartServer')
    matches(await hoverOn(document, 'conv(16, 3'), /16×33×33/)
  },
}
