import type { Connection } from 'vscode-languageserver'
import type { ConfigText } from '../../config/read'
import { toDiagnostic } from '../../features/diagnostics'
import type { Problem } from '../../model/problem'
import { encodedLines } from '../encoding'
import type { ServerConfig } from '../server-config'
import type { ConfigFiles } from './configs'
import type { Documents } from './documents'

/** Shows the mistakes in configurations, which clients do not ask for: they are published whether or not a file is open. */
export interface ConfigDiagnostics {
  /** Publishes what has changed. */
  update(): Promise<void>
}

/** What every editor that knows JSON reports itself. */
const FAULTS_OF_JSON = ['config-syntax', 'config-duplicate-key']

export interface ConfigDiagnosticsNeeds {
  readonly connection: Connection
  readonly config: ServerConfig
  readonly documents: Documents
  readonly configs: ConfigFiles
}

export function createConfigDiagnostics(needs: ConfigDiagnosticsNeeds): ConfigDiagnostics {
  const { connection, documents, configs } = needs
  const { checksJson, encoding } = needs.config
  const published = new Map<string, string>()
  let last: Promise<void> = Promise.resolve()

  const diagnosticsOf = ({ text }: ConfigText, problems: readonly Problem[]) => {
    const lines = encodedLines(text, encoding)
    return problems
      .filter(({ code }) => !checksJson || !FAULTS_OF_JSON.includes(code))
      .map((problem) => toDiagnostic(problem, () => lines))
  }

  const update = async () => {
    const files = new Map<string, ConfigText>()
    const problems = new Map<string, Problem>()
    for (const config of await configs.inUse()) {
      for (const [uri, text] of config.files) files.set(uri, text)
      // Several configurations may extend the same one.
      for (const each of config.problems) problems.set(`${each.code} ${each.range.start} ${each.file}`, each)
    }
    for (const uri of new Set([...published.keys(), ...files.keys()])) {
      const text = files.get(uri)
      const own = [...problems.values()].filter(({ file }) => file === uri)
      const diagnostics = text === undefined ? [] : diagnosticsOf(text, own)
      const json = JSON.stringify(diagnostics)
      if ((published.get(uri) ?? '[]') === json) continue
      published.set(uri, json)
      await connection.sendDiagnostics({ uri: documents.get(uri)?.uri ?? uri, diagnostics })
    }
  }

  return {
    update() {
      last = last.catch(() => {}).then(update)
      return last
    },
  }
}
