import { Position, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode'

/** A network to begin with. The build takes them from the examples. */
export interface Template {
  readonly label: string
  /** Beside the label: what the network costs. */
  readonly description: string
  /** Below the label: where it was published. */
  readonly detail: string
  readonly text: string
  /** The network's name, under which its file is opened. */
  readonly name: string
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
      placeHolder: 'An empty network, or a published one as its paper describes it',
      matchOnDetail: true,
    }))
  if (chosen === undefined) return undefined
  const document = await workspace.openTextDocument(unusedName(chosen.name))
  const edit = new WorkspaceEdit()
  edit.insert(document.uri, new Position(0, 0), chosen.text)
  await workspace.applyEdit(edit)
  await window.showTextDocument(document)
  return document
}

/** `ResNet18.cnn`, not yet saved, or `ResNet18-2.cnn` where the first is open already. */
function unusedName(name: string): Uri {
  const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()))
  for (let count = 1; ; count++) {
    const path = count === 1 ? `${name}.cnn` : `${name}-${count}.cnn`
    const uri = Uri.from({ scheme: 'untitled', path })
    if (!open.has(uri.toString())) return uri
  }
}

async function readTemplates(extension: Uri): Promise<readonly Template[]> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extension, 'dist', 'templates.json'))
  return JSON.parse(new TextDecoder().decode(bytes))
}
