import {
  commands,
  type Disposable,
  type Event,
  LanguageStatusSeverity,
  languages,
  type TextEditor,
  window,
  workspace,
} from 'vscode'
import { type BaseLanguageClient, State } from 'vscode-languageclient'
import { type PlaceTotals, TOTALS, TRY_SIZE } from './protocol'
import { healthOf, totalsText, triedText } from './status-text'

/** The language status beside the editor's mode: the totals at the cursor, tried sizes, the server's health. */
export interface Status extends Disposable {
  /** Shows the health of a client that is about to start, and asks it from now on. */
  follow(client: BaseLanguageClient): void
  /** No client is left. */
  stopped(): void
}

/** How long the cursor must rest. */
const REST_MS = 150

const SELECTOR = { language: 'cnn' }

/** True while a size is tried in the active editor: the command that goes back is enabled by it. */
const TRYING = 'cnnlint.trying'

export function createStatus(onDidTry: Event<void>): Status {
  const health = languages.createLanguageStatusItem('cnnlint-health', SELECTOR)
  const totals = languages.createLanguageStatusItem('cnnlint-totals', SELECTOR)
  totals.name = 'cnnlint: totals at the cursor'
  health.name = 'cnnlint: language server'
  let tried: Disposable | undefined
  let client: BaseLanguageClient | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let count = 0

  const showHealth = (state: 'starting' | 'running' | 'stopped') => {
    const { text, detail, isBusy, isStopped } = healthOf(state)
    health.text = text
    health.detail = detail
    health.busy = isBusy
    health.severity = isStopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information
    health.command = isStopped
      ? { title: 'Restart', command: 'cnnlint.restartServer' }
      : { title: 'Show Output', command: 'cnnlint.showOutput' }
  }

  const showTotals = (found: PlaceTotals | null, uri: string | undefined) => {
    totals.text = totalsText(found)
    totals.accessibilityInformation = { label: totals.text }
    tried?.dispose()
    tried = undefined
    const isTrying = found !== null && found.tried.length > 0
    void commands.executeCommand('setContext', TRYING, isTrying)
    if (!isTrying || uri === undefined) return
    const item = languages.createLanguageStatusItem('cnnlint-tried', SELECTOR)
    item.name = 'cnnlint: tried size'
    item.severity = LanguageStatusSeverity.Warning
    const { text, back } = triedText(found)
    item.text = text
    item.command = { title: back, command: TRY_SIZE, arguments: [{ uri, size: null }] }
    tried = item
  }

  const ask = async (editor: TextEditor | undefined) => {
    const mine = ++count
    const document = editor?.document
    if (!client?.isRunning() || editor === undefined || document?.languageId !== 'cnn') {
      totals.busy = false
      return showTotals(null, undefined)
    }
    totals.busy = true
    const uri = document.uri.toString()
    const { line, character } = editor.selection.active
    const params = { textDocument: { uri }, position: { line, character } }
    const found = await client.sendRequest<PlaceTotals | null>(TOTALS, params).catch(() => undefined)
    // A later question is under way, or an edit that brings one.
    if (mine !== count) return
    totals.busy = false
    if (found !== undefined) showTotals(found, uri)
  }

  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(window.activeTextEditor), REST_MS)
  }

  showHealth('starting')
  showTotals(null, undefined)
  const listeners = [
    onDidTry(changed),
    window.onDidChangeActiveTextEditor(changed),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === window.activeTextEditor) changed()
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) changed()
    }),
  ]

  return {
    follow(next) {
      client = next
      showHealth('starting')
      next.onDidChangeState(({ newState }) => {
        if (client !== next) return
        showHealth(
          newState === State.Running ? 'running' : newState === State.Starting ? 'starting' : 'stopped',
        )
        changed()
      })
    },
    stopped() {
      client = undefined
      showHealth('stopped')
      changed()
    },
    dispose() {
      clearTimeout(timer)
      for (const each of [health, totals, tried, ...listeners]) each?.dispose()
    },
  }
}
