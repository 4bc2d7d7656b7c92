import * as vscode from 'vscode'
import {
  equal,
  errorsOf,
  hoverOn,
  matches,
  open,
  rangeOf,
  waitFor,
  waitForErrors,
  waitForNoErrors,
} from './helpers'

const lensTitles = async (uri: vscode.Uri): Promise<readonly string[]> => {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    20,
  )
  return lenses.flatMap(({ command }) => (command === undefined ? [] : [command.title]))
}

const shapes = async (uri: vscode.Uri): Promise<string> => {
  const whole = new vscode.Range(0, 0, 99, 0)
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    uri,
    whole,
  )
  const texts = hints.map(({ label }) =>
    typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
  )
  return texts.join('\n')
}

const trySize = (uri: vscode.Uri, size: string | null) =>
  vscode.commands.executeCommand('cnnlint.trySize', {
    uri: uri.toString(),
    network: 'Small',
    input: 'image',
    size,
  })

export const tests = {
  'an input shows which sizes work': async () => {
    const text = await hoverOn(await open('residual.cnn'), 'image: [3')
    matches(text, /Sizes that work: every size/)
  },

  'another size is tried, seen and left again': async () => {
    const document = await open('residual.cnn')
    const { uri } = document
    const before = document.getText()
    await waitForNoErrors(uri)
    matches((await lensTitles(uri)).join('\n'), /Try another size…/)
    await trySize(uri, '3x65x65')
    await waitFor('the shapes for the tried size', async () => /→ 32×33×33/.test(await shapes(uri)))
    matches((await lensTitles(uri)).join('\n'), /Trying 3×65×65 — back to 3×33×33/)
    matches(await hoverOn(document, 'deep = stem'), /for the tried input/)
    equal(errorsOf(uri).length, 0)
    await vscode.commands.executeCommand('cnnlint.declaredSizes')
    await waitFor('the shapes of the text', async () => /→ 32×17×17/.test(await shapes(uri)))
    equal(document.getText(), before)
    equal(document.isDirty, false)
  },

  'the problems are those of the tried size': async () => {
    const { uri } = await open('residual.cnn')
    await waitForNoErrors(uri)
    // Other channels than the text's are no mistake: the layers take them as they come.
    await trySize(uri, '3')
    await waitForErrors(uri)
    await trySize(uri, null)
    await waitForNoErrors(uri)
  },

  'a box offers sizes that work': async () => {
    const document = await open('residual.cnn')
    const { uri } = document
    const editor = vscode.window.activeTextEditor
    if (editor !== undefined)
      editor.selection = new vscode.Selection(
        rangeOf(document, 'image').start,
        rangeOf(document, 'image').start,
      )
    const asked = vscode.commands.executeCommand('cnnlint.trySize')
    // The box opens once the server has told the inputs; what works is offered first.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem')
    await asked
    await waitFor('a tried size', async () =>
      (await lensTitles(uri)).some((title) => title.startsWith('Trying ')),
    )
    await vscode.commands.executeCommand('cnnlint.declaredSizes')
    await waitFor(
      'the way back',
      async () => !(await lensTitles(uri)).some((title) => title.startsWith('Trying ')),
    )
  },
}
