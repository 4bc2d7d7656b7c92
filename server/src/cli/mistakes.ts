import type { FileConfigs } from './configs'
import { CHECK_FORMATS } from './formats/check'
import type { Terminal } from './terminal'

/** Says on standard error what is wrong in the configurations, if anything is. */
export function reportMistakes(configs: FileConfigs, { err }: Terminal): boolean {
  const mistakes = configs.mistakes()
  if (mistakes.length > 0) err.write(CHECK_FORMATS.text(mistakes, err))
  return mistakes.length > 0
}
