import * as vscode from 'vscode'

/** Throws unless both values have the same JSON. */
export function equal(actual: unknown, expected: unknown): void {
  const [a, e] = [JSON.stringify(actual, null, 1), JSON.stringify(expected, null, 1)]
  if (a !== e) throw new Error(`Expected ${e}\nbut got ${a}`)
}

/** Throws unless the text has a match. */
export function matches(text: string, pattern: RegExp): void {
  if (!pattern.test(text)) throw new Error(`Expected ${pattern} in:\n${text}`)
}

/** The extension under test. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('cnnlint.cnnlint')
  if (!found) throw new Error('The extension is not loaded.')
  return found
}

/** The address of a file in the workspace. */
export function uriOf(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]
  if (!folder) throw new Error('No workspace folder is open.')
  return vscode.Uri.joinPath(folder.uri, path)
}

/** Opens a file of the workspace in an editor. */
export async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uriOf(path))
  await vscode.window.showTextDocument(document)
  return document
}

/** Asks again and again until the answer is neither false nor undefined, for 15 s at most. */
export async function waitFor<T>(
  what: string,
  probe: () => T | false | undefined | Promise<T | false | undefined>,
): Promise<T> {
  const end = Date.now() + 15_000
  for (;;) {
    const value = await probe()
    if (value !== undefined && value !== false) return value
    if (Date.now() > end) throw new Error(`Waited 15 s in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The range of the first occurrence of a text. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text)
  if (start < 0) throw new Error(`${document.uri.path} has no "${text}".`)
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length))
}

/** Replaces the first occurrence of a text, as typing would: the document stays unsaved. */
export async function replace(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit()
  edit.replace(document.uri, rangeOf(document, text), by)
  await applyEdit(edit)
}

/** Applies an edit of the workspace. */
export async function applyEdit(edit: vscode.WorkspaceEdit): Promise<void> {
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('The edit was refused.')
}

/** Runs a test's body on an open file, and gives the file back its text on disk at the end. */
export async function withFile(
  path: string,
  body: (document: vscode.TextDocument) => Promise<void>,
): Promise<void> {
  const document = await open(path)
  try {
    await body(document)
  } finally {
    await vscode.window.showTextDocument(document)
    await vscode.commands.executeCommand('workbench.action.files.revert')
  }
}

/** Runs a body while a setting of the section `cnnlint` has another value. */
export async function withSetting(name: string, value: unknown, body: () => Promise<unknown>): Promise<void> {
  const set = (to: unknown) =>
    vscode.workspace.getConfiguration('cnnlint').update(name, to, vscode.ConfigurationTarget.Workspace)
  await set(value)
  try {
    await body()
  } finally {
    await set(undefined)
  }
}

/** The errors that VS Code shows for a document at this moment. */
export const errorsOf = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.severity === vscode.DiagnosticSeverity.Error)

/** Waits until a document has errors and returns them. */
export const waitForErrors = (uri: vscode.Uri): Promise<vscode.Diagnostic[]> =>
  waitFor(`an error in ${uri.path}`, () => {
    const errors = errorsOf(uri)
    return errors.length > 0 && errors
  })

/** Waits until a document has no error. */
export const waitForNoErrors = (uri: vscode.Uri): Promise<unknown> =>
  waitFor(`no error in ${uri.path}`, () => errorsOf(uri).length === 0)

/** The markdown of every hover on the first occurrence of a text, its second character to be exact. */
export async function hoverOn(document: vscode.TextDocument, text: string): Promise<string> {
  const position = rangeOf(document, text).start.translate(0, 1)
  return waitFor(`a hover on "${text}"`, async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    )
    const parts = hovers.flatMap((hover) => hover.contents)
    return parts.length > 0 && parts.map((part) => (typeof part === 'string' ? part : part.value)).join('\n')
  })
}

/** The quick fixes offered for a diagnostic, the preferred ones first, with their edits resolved. */
export async function fixesFor(uri: vscode.Uri, diagnostic: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
  const actions = await codeActions(uri, diagnostic.range, vscode.CodeActionKind.QuickFix)
  return [
    ...actions.filter((action) => action.isPreferred),
    ...actions.filter((action) => !action.isPreferred),
  ]
}

/** The code actions of one kind for a range, with their edits resolved. */
export const codeActions = async (
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> =>
  vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind.value, 20)

/** Applies what a code action does. */
export async function applyAction(action: vscode.CodeAction): Promise<void> {
  if (action.edit) await applyEdit(action.edit)
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []))
  }
}
