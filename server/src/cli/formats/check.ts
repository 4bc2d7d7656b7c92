import type { FileReport } from '../findings'
import type { Output } from '../terminal'
import { checkGithub } from './check-github'
import { checkJson } from './check-json'
import { checkSarif } from './check-sarif'
import { checkText } from './check-text'

export type CheckFormat = (reports: readonly FileReport[], out: Output) => string

export const CHECK_FORMATS = {
  text: checkText,
  json: checkJson,
  sarif: checkSarif,
  github: checkGithub,
} satisfies Record<string, CheckFormat>
