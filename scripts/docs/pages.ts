/** Everything that `npm run docs` writes. A test compares it with the files. */
import { codePages } from './codes'
import { examplesPage } from './examples'
import { grammarPages } from './grammar'
import { layerPages } from './layers'
import { configSchema } from './schema'

/** Folders that hold generated pages alone. */
export const GENERATED = ['docs/layers', 'docs/diagnostics', 'docs/rules', 'docs/grammar', 'schemas'] as const

/** Texts by path from the project's root. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([...layerPages(), ...codePages(), ...grammarPages(), examplesPage(), configSchema()])
}
