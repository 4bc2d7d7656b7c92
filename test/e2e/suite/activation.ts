import * as vscode from 'vscode'
import { equal, extension, open, waitFor } from './helpers'

export const tests = {
  'the extension sleeps until a .cnn file is opened': async () => {
    equal(extension().isActive, false)
    const document = await open('residual.cnn')
    equal(document.languageId, 'cnn')
    await waitFor('the extension to be active', () => extension().isActive)
  },

  'every command of the manifest is registered': async () => {
    const declared: { command: string }[] = extension().packageJSON.contributes.commands
    await waitFor('the commands', async () => {
      const registered = new Set(await vscode.commands.getCommands(true))
      return declared.every(({ command }) => registered.has(command))
    })
  },
}
