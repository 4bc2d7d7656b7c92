import * as vscode from 'vscode'
import {
  applyAction,
  applyEdit,
  codeActions,
  equal,
  fixesFor,
  matches,
  open,
  rangeOf,
  replace,
  uriOf,
  waitFor,
  waitForErrors,
  waitForNoErrors,
  withFile,
} from './helpers'

export const tests = {
  'the definition of an imported block is in its own file': async () => {
    const document = await open('residual.cnn')
    const [link] = await waitFor('a definition', async () => {
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        rangeOf(document, 'residual(16)').start,
      )
      return found.length > 0 && found
    })
    if (link === undefined) throw new Error('unreachable')
    const target = 'targetUri' in link ? link.targetUri : link.uri
    equal(target.path, uriOf('blocks.cnn').path)
  },

  'references are found in all files, and highlights tell writes from reads': async () => {
    const document = await open('residual.cnn')
    const position = rangeOf(document, 'residual(16)').start
    const places = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      position,
    )
    const files = new Set(places.map(({ uri }) => uri.path))
    equal([files.has(uriOf('blocks.cnn').path), files.has(document.uri.path), places.length], [true, true, 4])
    const highlights = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      rangeOf(document, 'stem = image').start,
    )
    const { Write, Read } = vscode.DocumentHighlightKind
    equal(
      highlights.map(({ kind }) => kind),
      [Write, Read],
    )
  },

  'a block is renamed in all files, and a name that clashes is refused with the reason': () =>
    withFile('blocks.cnn', (blocks) =>
      withFile('residual.cnn', async (document) => {
        const position = rangeOf(document, 'residual(16)').start
        const rename = (name: string) =>
          vscode.commands.executeCommand<vscode.WorkspaceEdit>(
            'vscode.executeDocumentRenameProvider',
            document.uri,
            position,
            name,
          )
        const refused = await rename('conv').then(
          () => '',
          (error) => String(error),
        )
        matches(refused, /`conv` is a built-in layer, which the new name would hide/)
        await applyEdit(await rename('unit'))
        matches(blocks.getText(), /block unit\(/)
        matches(document.getText(), /import unit\n[\s\S]*2 \* unit\(16\) -> unit\(32/)
        await waitForNoErrors(document.uri)
      }),
    ),

  'a network is found by the letters of its name': async () => {
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'smal',
    )
    const small = symbols.find(({ name }) => name === 'Small')
    equal(small?.location.uri.path, uriOf('residual.cnn').path)
  },

  'the call hierarchy of a tensor is what feeds it and what uses it': async () => {
    const document = await open('residual.cnn')
    const [item] = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      document.uri,
      rangeOf(document, 'deep = stem').start,
    )
    if (item === undefined) throw new Error('There is no item.')
    equal([item.name, item.detail], ['deep', '32×17×17'])
    const feeds = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      item,
    )
    equal(
      feeds.map(({ from }) => from.name),
      ['residual(32, stride=2)'],
    )
    const uses = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      item,
    )
    equal(
      uses.map(({ to }) => to.name),
      ['global_avgpool'],
    )
  },

  'a name that the file lacks is imported, and imports are organised': () =>
    withFile('residual.cnn', async (document) => {
      await replace(document, 'from "./blocks.cnn" import residual\n', '')
      const [error] = await waitForErrors(document.uri)
      if (!error) throw new Error('unreachable')
      const [fix] = await fixesFor(document.uri, error)
      equal(fix?.title, 'Import residual from "./blocks.cnn"')
      await applyAction(fix as vscode.CodeAction)
      await waitForNoErrors(document.uri)
      await replace(document, 'import residual', 'import residual, residual as unused')
      const whole = new vscode.Range(0, 0, document.lineCount, 0)
      const [action] = await codeActions(document.uri, whole, vscode.CodeActionKind.SourceOrganizeImports)
      if (!action) throw new Error('Organising imports is not offered.')
      await applyAction(action)
      equal(document.lineAt(0).text, 'from "./blocks.cnn" import residual')
    }),

  'imports follow a file that is renamed': async () => {
    const [block, user, moved] = [
      uriOf('moving/block.cnn'),
      uriOf('moving/user.cnn'),
      uriOf('moving/far/unit.cnn'),
    ]
    const bytes = (text: string) => new TextEncoder().encode(text)
    await vscode.workspace.fs.writeFile(block, bytes('block travelling(x: tensor) { return x -> relu }\n'))
    await vscode.workspace.fs.writeFile(
      user,
      bytes('from "./block.cnn" import travelling\ntwice = 2 * travelling\n'),
    )
    try {
      const document = await open('moving/user.cnn')
      await waitFor('the file to be known', () => knows('travelling'))
      const edit = new vscode.WorkspaceEdit()
      edit.renameFile(block, moved)
      await applyEdit(edit)
      await waitFor(
        'the import to follow',
        () => document.lineAt(0).text === 'from "./far/unit.cnn" import travelling',
      )
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert')
      await vscode.commands.executeCommand('workbench.action.closeAllEditors')
      await vscode.workspace.fs.delete(uriOf('moving'), { recursive: true })
      // The other file may go on as an open document for minutes.
      await waitFor('the file to be forgotten', async () => !(await knows('travelling')))
    }
  },
}

/** Whether a name is declared in some file of the workspace. */
async function knows(name: string): Promise<boolean> {
  const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
    'vscode.executeWorkspaceSymbolProvider',
    name,
  )
  return symbols.some((symbol) => symbol.name === name)
}
