import * as vscode from 'vscode'
import { equal, matches, replace, waitFor, withFile } from './helpers'

/** Runs a body on a file whose last statement is replaced by one that is half written. */
const writing = (statement: string, body: (document: vscode.TextDocument) => Promise<void>) =>
  withFile('residual.cnn', async (document) => {
    await replace(document, 'expect deep.shape == [32, 17, 17]', statement)
    await body(document)
  })

export const tests = {
  'tensors of the same shape come first, with their shapes': async () => {
    await writing('twin = stem -> relu\n  y = add(stem, )', async (document) => {
      const [first] = await itemsAt(document, 'add(stem, ')
      equal(labelOf(first), 'twin')
      equal(first?.detail, '16×33×33')
    })
  },

  'paddings that keep the map come first, with the shapes that they lead to': async () => {
    await writing('y = deep -> conv(8, 3, padding=', async (document) => {
      const [first] = await itemsAt(document, 'padding=', '=')
      equal(labelOf(first), '1')
      equal(first?.detail, '→ 8×17×17')
    })
  },

  'a layer is documented beside the list, and its snippet has its options': async () => {
    await writing('y = deep -> ', async (document) => {
      const items = await itemsAt(document, 'y = deep -> ')
      const conv = items.find((item) => labelOf(item) === 'conv')
      matches((conv?.documentation as vscode.MarkdownString | undefined)?.value ?? '', /Slides a window/)
      const inserted = conv?.insertText
      equal(inserted instanceof vscode.SnippetString, true)
    })
  },

  'an import finds the files beside it': async () => {
    await withFile('residual.cnn', async (document) => {
      await replace(document, 'from "./blocks.cnn" import residual', 'from "')
      const items = await itemsAt(document, 'from "', '"')
      equal(items.map(labelOf).includes('./blocks.cnn'), true)
    })
  },

  'the signature marks the option whose turn it is': async () => {
    await writing('y = deep -> conv(8, ', async (document) => {
      const help = await waitFor('the signature', async () =>
        vscode.commands.executeCommand<vscode.SignatureHelp | undefined>(
          'vscode.executeSignatureHelpProvider',
          document.uri,
          behind(document, 'deep -> conv(8, '),
          '(',
        ),
      )
      const [signature] = help.signatures
      const label = signature?.parameters[help.activeParameter]?.label
      equal(Array.isArray(label) ? signature?.label.slice(...label) : label, 'kernel')
    })
  },
}

/** What is proposed behind the last place of a text, in the order in which it is shown when nothing is typed yet. */
async function itemsAt(
  document: vscode.TextDocument,
  written: string,
  trigger?: string,
): Promise<vscode.CompletionItem[]> {
  const list = await waitFor('proposals', async () => {
    const found = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      behind(document, written),
      trigger,
      // As many are resolved as there are: the documentation comes with them.
      200,
    )
    return found.items.length > 0 && found
  })
  return [...list.items].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1))
}

function behind(document: vscode.TextDocument, written: string): vscode.Position {
  return document.positionAt(document.getText().lastIndexOf(written) + written.length)
}

function labelOf(item: vscode.CompletionItem | undefined): string | undefined {
  return typeof item?.label === 'object' ? item.label.label : item?.label
}
