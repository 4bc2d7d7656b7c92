import { type TextDocument, Uri, window, workspace } from 'vscode'

/** A network to begin with. The build takes them from the examples. */
export interface Template {
  readonly label: string
  /** Beside the label: what the network costs. */
  readonly description: string
  /** Below the label: where it was published. */
  readonly detail: string
  readonly text: string
}

/**
 * Opens a new document with the template that the user chooses; nothing when they choose none.
 * @param label of the template, where it has been chosen already
 */
export async function newNetwork(extension: Uri, label?: unknown): Promise<TextDocument | undefined> {
  const templates = await readTemplates(extension)
  const chosen =
    templates.find((template) => template.label === label) ??
    (await window.showQuickPick(templates, {
      title: 'New Network from Template',
      placeHolder: 'An empty network, or a classic as its paper describes it',
      matchOnDetail: true,
    }))
  if (chosen === undefined) return undefined
  const document = await workspace.openTextDocument({ language: 'cnn', content: chosen.text })
  await window.showTextDocument(document)
  return document
}

async function readTemplates(extension: Uri): Promise<readonly Template[]> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extension, 'dist', 'templates.json'))
  return JSON.parse(new TextDecoder().decode(bytes))
}
