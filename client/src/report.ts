import type { WorkspaceReport } from './protocol'

/**
 * The result of a workspace check as one sentence for a notification.
 * @example summarize({ files: 12, errors: 1, warnings: 0 }) // "1 error in 12 files."
 */
export function summarize({ files, errors, warnings }: WorkspaceReport): string {
  if (files === 0) return 'The workspace has no .cnn files.'
  const problems = [count(errors, 'error'), count(warnings, 'warning')].filter((text) => text !== '')
  return `${problems.join(' and ') || 'No problems'} in ${count(files, 'file')}.`
}

const count = (n: number, noun: string) =>
  n === 0 ? '' : `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`
