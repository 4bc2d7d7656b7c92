import { describeCode, describedCodes } from '../../config/codes'
import { command, UsageError } from '../command'
import { ruleJson, rulesJson } from '../formats/rules-json'
import { rulesText, ruleText } from '../formats/rules-text'
import { didYouMean } from '../suggest'

export const rules = command({
  name: 'rules',
  summary: 'List the design rules, or explain what a code means',
  arguments: { usage: '[CODE]', min: 0, max: 1 },
  details: [
    'Without a code, lists the rules of the architecture lint by category. With a code that check has printed, of a rule or of any other mistake, says why it is reported and what to do.',
  ],
  examples: ['rules', 'rules stride-drops-pixels', 'rules --format json'],
  options: {
    format: { kind: 'choice', choices: ['text', 'json'], help: 'For people or for programs' },
  },
  run({ args: [code], options: { format } }, { out }) {
    if (code === undefined) {
      const listed = describedCodes().filter(({ kind }) => kind === 'rule')
      out.write(format === 'json' ? rulesJson(listed) : rulesText(listed, out))
      return 0
    }
    const described = describeCode(code)
    if (described === undefined) throw unknownCode(code)
    out.write(format === 'json' ? ruleJson(described) : ruleText(described, out))
    return 0
  },
})

function unknownCode(code: string): UsageError {
  const codes = describedCodes().map((described) => described.code)
  const hint = didYouMean(code, codes) || "; 'cnnlint rules' lists the rules"
  return new UsageError(`no rule has the code '${code}'${hint}`)
}
