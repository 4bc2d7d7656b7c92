import { settingOf } from '../lint/settings'
import { RULES } from '../rules/index'
import { type ExitStatus, UsageError } from './command'
import type { FileConfigs } from './configs'
import { printJson } from './formats/json'
import { reportMistakes } from './mistakes'
import { tidyPath } from './path-names'
import type { Terminal } from './terminal'

/**
 * Prints what holds for one file: whether it is ignored, the configurations that say so, and every rule as a
 * configuration would set it.
 */
export async function printConfig(
  args: readonly string[],
  configs: FileConfigs,
  terminal: Terminal,
): Promise<ExitStatus> {
  const [name, another] = args
  if (name === undefined || another !== undefined) {
    throw new UsageError('--print-config needs the name of one file')
  }
  const file = tidyPath(name)
  const settings = await configs.settingsOf(file)
  const rules = RULES.map((rule) => {
    const { severity, options } = settingOf(rule, settings)
    return [rule.code, Object.keys(options).length === 0 ? severity : [severity, options]] as const
  })
  terminal.out.write(
    printJson({
      version: 1,
      file,
      configurations: await configs.namesFor(file),
      ignored: await configs.isIgnored(file),
      rules: Object.fromEntries(rules),
    }),
  )
  return reportMistakes(configs, terminal) ? 2 : 0
}
