import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver-types'
import { analyze } from '../check/analyze'
import { pageUrl } from '../lint/codes'
import { findings, type OnCrash } from '../lint/findings'
import type { Problem, Severity } from '../model/problem'
import { showTried, triedIn } from './input-sizes/tried'
import { lintOf, problemsOf, type ShownProblem } from './support/problems'
import type { Settings } from './support/settings'
import { type Lines, toRange, type View } from './support/view'

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
}

/** The diagnostics of a view's file, with the severities that the user has set; `onCrash` is called with a rule that fails. */
export function diagnostics(view: View, settings: Settings['diagnostics'], onCrash?: OnCrash): Diagnostic[] {
  return withTriedSizes(view, problemsOf(view, onCrash)).flatMap((problem) => {
    const severity = settings.severity[problem.code] ?? problem.severity
    return severity === 'off' ? [] : [toDiagnostic({ ...problem, severity }, view.lines)]
  })
}

/** The problems; one that is there only because another size of an input is tried says so. */
function withTriedSizes(view: View, shown: readonly ShownProblem[]): readonly Problem[] {
  const { analysis, resolve } = view
  const tried = analysis.networks.flatMap((graph) => triedIn(graph).map(showTried))
  if (tried.length === 0) return shown.map(({ problem }) => problem)
  const { inputsOf: _, ...options } = analysis.options
  const host = { file: (uri: string) => analysis.files.get(uri), resolve }
  const declared = analyze(analysis.uri, host, options)
  const keyOf = ({ code, range }: Problem) => `${code} ${range.start} ${range.end}`
  const known = new Set(findings(declared, lintOf(view, analysis)).map(keyOf))
  return shown.map(({ problem, analysis: of }) =>
    of !== analysis || known.has(keyOf(problem))
      ? problem
      : { ...problem, message: `${problem.message} Tried size: ${tried.join(', ')}.` },
  )
}

/** A problem as the protocol writes it; its code leads to its documentation page. */
export function toDiagnostic(problem: Problem, lines: Lines): Diagnostic {
  const { code, severity, message, file, range, related, unnecessary } = problem
  return {
    range: toRange(lines(file), range),
    severity: SEVERITIES[severity],
    code,
    codeDescription: { href: pageUrl(code) },
    source: 'cnnlint',
    message,
    ...(unnecessary === true ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length === 0 ? {} : { relatedInformation: relatedInformation(problem, lines) }),
  }
}

function relatedInformation({ related }: Problem, lines: Lines): DiagnosticRelatedInformation[] {
  return related.map(({ file, range, message }) => ({
    location: { uri: file, range: toRange(lines(file), range) },
    message,
  }))
}
