import * as vscode from 'vscode'
import {
  applyAction,
  codeActions,
  equal,
  fixesFor,
  matches,
  open,
  rangeOf,
  replace,
  waitForErrors,
  waitForNoErrors,
  withFile,
} from './helpers'

export const tests = {
  'a broken padding is fixed by the first fix offered': () =>
    withFile('residual.cnn', async (document) => {
      await waitForNoErrors(document.uri)
      const before = document.getText()
      await replace(document, 'conv(16, 3, padding=1, bias=false) -> batchnorm', 'conv(16, 41) -> batchnorm')
      const [error] = await waitForErrors(document.uri)
      if (!error) throw new Error('unreachable')
      const [fix] = await fixesFor(document.uri, error)
      if (!fix) throw new Error(`No fix is offered for: ${error.message}`)
      matches(fix.title, /→ \d+×\d+×\d+/)
      await applyAction(fix)
      await waitForNoErrors(document.uri)
      if (document.getText() === before) throw new Error('The fix changed nothing.')
    }),

  'two maps that no longer meet are fixed in the file of the block': () =>
    withFile('blocks.cnn', async (document) => {
      const user = await open('residual.cnn')
      await waitForNoErrors(user.uri)
      await replace(document, 'conv(width, 3, padding=1, bias=false)', 'conv(width, 3, bias=false)')
      const [error] = await waitForErrors(document.uri)
      if (!error) throw new Error('unreachable')
      equal(error.range.start.line, rangeOf(document, 'add(y, shortcut)').start.line)
      const [fix] = await fixesFor(document.uri, error)
      if (!fix) throw new Error(`No fix is offered for: ${error.message}`)
      await applyAction(fix)
      await waitForNoErrors(document.uri)
      await waitForNoErrors(user.uri)
    }),

  'the smallest padding that fits comes first and says what results': () =>
    withFile('broken.cnn', async (document) => {
      const [error] = await waitForErrors(document.uri)
      if (!error) throw new Error('unreachable')
      const [fix] = await fixesFor(document.uri, error)
      equal(fix?.title, 'Set padding=2 → 8×2×2')
      equal(fix?.isPreferred ?? false, false)
    }),

  'source.fixAll fixes what is certain in a whole file': () =>
    withFile('residual.cnn', async (document) => {
      await waitForNoErrors(document.uri)
      await replace(
        document,
        'conv(16, 3, padding=1, bias=false) -> batchnorm',
        'conv(16, 3, paddin=1) -> batchnor',
      )
      await waitForErrors(document.uri)
      const whole = new vscode.Range(0, 0, document.lineCount, 0)
      const kind = vscode.CodeActionKind.SourceFixAll.append('cnnlint')
      const [action] = await codeActions(document.uri, whole, kind)
      if (!action) throw new Error('No action of kind source.fixAll.cnnlint is offered.')
      await applyAction(action)
      await waitForNoErrors(document.uri)
    }),
}
