import { documentationUrl } from '../model/documentation'
import { findRule } from '../rules/index'

/** The address of the page of any diagnostic's code: rules have theirs apart. */
export function pageUrl(code: string): string {
  return documentationUrl(code, findRule(code) === undefined ? 'diagnostics' : 'rules')
}
