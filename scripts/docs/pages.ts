/** Everything that `npm run docs` writes. A test compares it with the files. */
import { codePages } from './codes'
import { examplesPage } from './examples'
import { grammarPages } from './grammar'
import { layerPages } from './layers'

/** Folders that hold generated pages alone. */
export const GENERATED = ['docs/layers', 'docs/diagnostics', 'docs/rules', 'docs/grammar'] as const

/** Texts by path from the project's root. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([...layerPages(), ...codePages(), ...grammarPages(), examplesPage()])
}
