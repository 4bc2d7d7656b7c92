import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver-types'
import { pageUrl } from '../lint/codes'
import type { OnCrash } from '../lint/findings'
import type { Problem, Severity } from '../model/problem'
import { problemsOf } from './support/problems'
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
  return problemsOf(view, onCrash).flatMap(({ problem }) => {
    const severity = settings.severity[problem.code] ?? problem.severity
    return severity === 'off' ? [] : [toDiagnostic({ ...problem, severity }, view.lines)]
  })
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
