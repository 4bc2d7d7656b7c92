import { commands, type Disposable, EventEmitter, type Memento, ProgressLocation, window } from 'vscode'
import type { Middleware } from 'vscode-languageclient'
import { INPUT_SIZES, type NetworkInput, TRY_SIZE, type TrySize } from './protocol'
import { offers, remembered } from './sizes'

/** The commands about input sizes, as the user meets them; the server does the work. */
export interface SizeCommands extends Disposable {
  readonly run: NonNullable<Middleware['executeCommand']>
  /** Fires after another size, or the text's own again, is in effect. */
  readonly onDidTry: EventEmitter<void>['event']
}

type Next = Parameters<SizeCommands['run']>[2]

/** Where the sizes are remembered that were tried lately. */
const RECENT = 'recentSizes'

export function createSizeCommands(memory: Memento): SizeCommands {
  const tried = new EventEmitter<void>()

  const inputsOf = async (next: Next, uri: string, sizes: boolean): Promise<readonly NetworkInput[]> =>
    (await next(INPUT_SIZES, [{ uri, sizes }])) ?? []

  const trySize = async (next: Next, given: Partial<TrySize> | undefined) => {
    const uri = given?.uri ?? activeUri()
    if (uri === undefined) return
    let target: TrySize = { ...given, uri }
    if (target.size === undefined) {
      const input = await pickInput(await inputsOf(next, uri, false), target)
      const recent = memory.get<readonly string[]>(RECENT, [])
      const size = input && (await pickSize(input, recent))
      if (input === undefined || size === undefined) return
      const { network, input: name, declared } = input
      target = { uri, network, input: name, size: size === declared ? null : size }
    }
    if (typeof target.size === 'string') {
      await memory.update(RECENT, remembered(memory.get<readonly string[]>(RECENT, []), target.size))
    }
    await next(TRY_SIZE, [target])
    tried.fire()
  }

  const showSizes = async (next: Next, given: Partial<TrySize> | undefined) => {
    const uri = given?.uri ?? activeUri()
    if (uri === undefined) return
    const progress = { location: ProgressLocation.Window, title: 'Looking for input sizes' }
    const inputs = await window.withProgress(progress, () => inputsOf(next, uri, true))
    const input = await pickInput(inputs, given ?? {})
    if (input === undefined) return
    const { network, input: name, declared, sizes } = input
    const told =
      sizes.length === 0
        ? 'no other size is known to work. If the network has an error, correct it first.'
        : sizes.join(' ')
    const other = 'Try Another Size…'
    // The message stays until it is dismissed; a command that waited for that would look unfinished.
    void window.showInformationMessage(`${network}, ${name} ${declared}: ${told}`, other).then((choice) => {
      if (choice === other) return commands.executeCommand(TRY_SIZE, { uri, network, input: name })
    })
  }

  return {
    onDidTry: tried.event,
    run(command, args, next) {
      // Programs that ask for the list by the command get it.
      if (command === INPUT_SIZES && args[0] === undefined) return told(showSizes(next, undefined))
      return command === TRY_SIZE ? told(trySize(next, args[0])) : next(command, args)
    },
    dispose: () => tried.dispose(),
  }
}

/** Goes back to the sizes that the text of the active editor gives. */
export async function declaredSizes(): Promise<void> {
  const uri = activeUri()
  if (uri !== undefined) await commands.executeCommand(TRY_SIZE, { uri, size: null })
}

/** What the server refuses is told to the user. */
function told(work: Promise<void>): Promise<void> {
  return work.catch((error: unknown) => {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error))
  })
}

function activeUri(): string | undefined {
  const document = window.activeTextEditor?.document
  return document?.languageId === 'cnn' ? document.uri.toString() : undefined
}

/** The one input that is meant; where there are several, the user chooses. */
async function pickInput(
  inputs: readonly NetworkInput[],
  { network, input }: Partial<TrySize>,
): Promise<NetworkInput | undefined> {
  const meant = inputs.filter(
    (each) => (network ?? each.network) === each.network && (input ?? each.input) === each.input,
  )
  if (meant.length === 0) {
    void window.showInformationMessage('The file has no network with an input whose size is known.')
  }
  if (meant.length < 2) return meant[0]
  const items = meant.map((each) => ({
    label: each.network,
    description: `${each.input} ${each.tried ?? each.declared}`,
    input: each,
  }))
  return (await window.showQuickPick(items, { placeHolder: 'The input of which network?' }))?.input
}

/** Asks for a size: one that is offered, or one that is typed. */
function pickSize(input: NetworkInput, recent: readonly string[]): Promise<string | undefined> {
  const box = window.createQuickPick()
  const { network, input: name, declared } = input
  box.title = `Another size for ${name} of ${network}`
  box.placeholder = `A size such as ${declared}, or the spatial size alone`
  const show = () => {
    const found = offers(box.value, input, recent)
    const nothing = [
      { label: `${box.value} is no size`, description: `write one as ${declared}`, alwaysShow: true },
    ]
    box.items =
      found.length === 0 && box.value !== ''
        ? nothing
        : found.map(({ size, reason }) => ({ label: size, description: reason, alwaysShow: true }))
  }
  show()
  return new Promise((resolve) => {
    box.onDidChangeValue(show)
    box.onDidAccept(() => {
      const chosen = box.selectedItems[0]?.label
      if (chosen === undefined || !/^\d+(x\d+)*$/.test(chosen)) return
      resolve(chosen)
      box.hide()
    })
    box.onDidHide(() => {
      resolve(undefined)
      box.dispose()
    })
    box.show()
  })
}
