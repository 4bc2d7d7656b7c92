import { describeCode, describedCodes, similarCodes } from '../../config/codes'
import { findLayer } from '../../layers'
import { command, UsageError } from '../command'
import { ruleJson, rulesJson } from '../formats/rules-json'
import { rulesText, ruleText } from '../formats/rules-text'
import { suggested } from '../suggest'

export const rules = command({
  name: 'rules',
  summary: 'List the design rules and all other codes, or explain one',
  arguments: { usage: '[CODE]', min: 0, max: 1 },
  details: [
    'Without a code, lists the design rules by category, and after them the codes of all other mistakes, which no configuration switches off. With a code that check has printed, says why it is reported and what to do.',
  ],
  examples: ['rules', 'rules stride-drops-pixels', 'rules --format json'],
  options: {
    format: { kind: 'choice', choices: ['text', 'json'], help: 'For people or for programs' },
  },
  run({ args: [code], options: { format } }, { out }) {
    if (code === undefined) {
      const listed = describedCodes()
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
  if (findLayer(code) !== undefined) {
    return new UsageError(`'${code}' is no code but a layer: cnnlint layers ${code}`)
  }
  const hint = suggested(similarCodes(code, codes)) || "; 'cnnlint rules' lists them all"
  return new UsageError(`no rule has the code '${code}'${hint}`)
}
