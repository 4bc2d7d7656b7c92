import { describedCodes } from '../../server/src/config/codes'
import type { Scaffold } from './scaffold'
import { camelCase, snakeCase, TO_FILL_IN, withEntry } from './text'

const INDEX = 'server/src/rules/index.ts'

/** The files that a rule with this code needs: the rule, its test, and its place in the list. */
export function newRule(code: string): Scaffold {
  const file = `server/src/rules/${code}.ts`
  const test = `test/rules/${code}.test.ts`
  return {
    refused: whyNot(code),
    made: new Map([
      [file, declaration(code)],
      [test, tests(code)],
    ]),
    changed: new Map([
      [
        INDEX,
        (text) =>
          withEntry(text, { list: 'RULES', entry: camelCase(code), from: `./${code}`, key: snakeCase }),
      ],
    ]),
    next: [
      `Fill in ${file}; every part is documented in server/src/rules/frame/rule.ts.`,
      `Fill in ${test}: what is found and what is not, and each fix, before and after.`,
      'Run it over the examples with `npx vitest run test/zoo/findings.test.ts`: what it finds there must be true, and is listed with the reason in test/zoo/findings.ts.',
      'Write its page and the schema of the configuration with `npm run docs`, then run `npm run test:quick`.',
    ],
  }
}

function whyNot(code: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)+$/.test(code)) {
    return `'${code}' is no code for a rule: two or more words of small letters, joined by -, that say what is found, as in dropout-on-output`
  }
  const taken = [...describedCodes()].find((each) => each.code === code)
  if (taken === undefined) return undefined
  return `${taken.kind === 'rule' ? 'a rule' : 'an error'} has the code '${code}' already`
}

const declaration = (code: string) => `import type { LayerNode } from '../model/graph'
import { showCall } from '../model/show-call'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'

// ${TO_FILL_IN}: in place of LayerNode, the data that the words and the fix of a finding need.
export const ${camelCase(code)} = rule<LayerNode>({
  code: '${code}',
  // ${TO_FILL_IN}: see RULE_CATEGORIES in frame/rule.ts.
  category: 'Order and redundancy',
  severity: 'hint',
  title: '${TO_FILL_IN}: the finding in a few words',
  explanation: '${TO_FILL_IN}: why this is worth a finding, and where it is not found.',
  source: '${TO_FILL_IN}: paper and section',
  // ${TO_FILL_IN}: a network with this finding alone, and the same network without it.
  example: 'network N {\\n  input image: [3, 32, 32]\\n  output y = image -> conv(8, 3)\\n}\\n',
  instead: 'network N {\\n  input image: [3, 32, 32]\\n  output y = image -> conv(8, 5)\\n}\\n',
  words: (node) => ({
    what: \`\\\`\${showCall(node)}\\\` ${TO_FILL_IN}: what is wrong, with the numbers in it\`,
    why: '${TO_FILL_IN}: why that is so',
    todo: '${TO_FILL_IN}: what to do',
  }),
  check({ survey }, report) {
    // ${TO_FILL_IN}: which layers are asked, by their traits, and what makes one a finding.
    for (const node of layersHaving(survey, ({ traits }) => traits.window !== undefined)) {
      if (node.outputs.length === 0) report({ node, data: node })
    }
  },
  // ${TO_FILL_IN}: a fix where there is one, with \`fixes\` and \`fix\` as in lrn-without-effect.ts.
})
`

const tests = (code: string) => `import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'

// ${TO_FILL_IN}: what is found, what is not, and each fix with checkFixes of ../helpers/fixes.
describe('${TO_FILL_IN}: what the rule is about', () => {
  it('is found where it is written', () => {
    checkRule(
      '${code}',
      \`
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3)
        #                   ^^^^ hint[${code}]: ${TO_FILL_IN}
      }
    \`,
    )
  })

  it('is not found where all is well', () => {
    checkRule(
      '${code}',
      \`
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(8, 5)
      }
    \`,
    )
  })
})
`
