const BASE = 'https://github.com/cnnlint/cnnlint/blob/main/docs'

/** Codes of rules have their page beside the other rules; all others stand among the diagnostics. */
export type DocumentedKind = 'diagnostics' | 'rules'

/** Where the page of a code is, relative to the project's root. */
export function documentationPath(code: string, kind: DocumentedKind = 'diagnostics'): string {
  return `docs/${kind}/${code}.md`
}

/** The address of the page of a code: what an editor opens when the code is clicked. */
export function documentationUrl(code: string, kind: DocumentedKind = 'diagnostics'): string {
  return `${BASE}/${kind}/${code}.md`
}
