import type { Connection } from 'vscode-languageserver'
import type { ConfigText } from '../config/read'
import { toDiagnostic } from '../features/diagnostics'
import type { Problem } from '../model/problem'
import type { ConfigFiles } from './configs'
import type { Documents } from './documents'
import { type Encoding, encodedLines } from './encoding'

/** Shows the mistakes in configurations, which clients do not ask for: they are published whether or not a file is open. */
export interface ConfigDiagnostics {
  /** Publishes what has changed. */
  update(): Promise<void>
}

/** What every editor that knows JSON reports itself. */
const FAULTS_OF_JSON = ['config-syntax', 'config-duplicate-key']

/** `checksJson` says whether the client's editor reports the faults of JSON by itself. */
export function createConfigDiagnostics(
  connection: Connection,
  documents: Documents,
  configs: ConfigFiles,
  encoding: () => Encoding,
  checksJson: () => boolean,
): ConfigDiagnostics {
  const published = new Map<string, string>()
  let last: Promise<void> = Promise.resolve()

  const diagnosticsOf = ({ text }: ConfigText, problems: readonly Problem[]) => {
    const lines = encodedLines(text, encoding())
    return problems
      .filter(({ code }) => !checksJson() || !FAULTS_OF_JSON.includes(code))
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
