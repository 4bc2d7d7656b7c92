import * as vscode from 'vscode'
import {
  equal,
  matches,
  open,
  rangeOf,
  replace,
  waitForErrors,
  waitForNoErrors,
  withFile,
  withSetting,
} from './helpers'

export const tests = {
  'a mistake is underlined, with its numbers, its code and a link to its documentation': async () => {
    const document = await open('broken.cnn')
    const [error, ...others] = await waitForErrors(document.uri)
    equal(others.length, 0)
    if (!error) throw new Error('unreachable')
    equal(error.source, 'cnnlint')
    matches(error.message, /7/)
    matches(error.message, /4/)
    equal(error.range.start.line, rangeOf(document, 'conv(8, 7)').start.line)
    const code = error.code
    if (typeof code !== 'object') throw new Error(`Expected a code with a link, got ${JSON.stringify(code)}`)
    matches(String(code.value), /^[a-z]+(-[a-z]+)+$/)
    matches(code.target.toString(), new RegExp(String(code.value)))
  },

  'a half-written line costs that line alone': () =>
    withFile('residual.cnn', async (document) => {
      await waitForNoErrors(document.uri)
      await replace(document, '  deep = stem', '  half = stem -> conv(\n  deep = stem')
      const errors = await waitForErrors(document.uri)
      const line = rangeOf(document, 'half = ').start.line
      equal(
        errors.map((error) => error.range.start.line),
        [line],
      )
    }),

  'an unsaved change in an imported file reaches the files that import it': async () => {
    const importer = await open('residual.cnn')
    await waitForNoErrors(importer.uri)
    await withFile('blocks.cnn', async (document) => {
      await replace(document, 'return add(y, shortcut) -> relu', 'return add(y, shortcut) -> maxpool(2)')
      const errors = await waitForErrors(importer.uri)
      matches(errors.map((error) => error.message).join('\n'), /32, 17, 17|32×17×17|32x17x17/)
    })
    await waitForNoErrors(importer.uri)
  },

  'diagnostics can be switched off': async () => {
    const document = await open('broken.cnn')
    await waitForErrors(document.uri)
    await withSetting('diagnostics.enable', false, () => waitForNoErrors(document.uri))
    await waitForErrors(document.uri)
  },

  'the severity of a code can be set': async () => {
    const document = await open('broken.cnn')
    const [error] = await waitForErrors(document.uri)
    if (typeof error?.code !== 'object') throw new Error('The error has no code.')
    await withSetting('diagnostics.severity', { [error.code.value]: 'warning' }, async () => {
      await waitForNoErrors(document.uri)
      const [diagnostic] = vscode.languages.getDiagnostics(document.uri)
      equal(diagnostic?.severity, vscode.DiagnosticSeverity.Warning)
    })
    await waitForErrors(document.uri)
  },
}
