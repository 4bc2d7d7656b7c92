/** What the scaffolds make compiles, says what is left, and passes the tests once a simple example is filled in. */
import { expect, test } from 'vitest'
import { IS_QUICK } from '../helpers/sample'
import { BIOME, projectCopy, RUN, TSC, VITEST } from './copy'
import { leftToFillIn } from './left'

const SCAFFOLD = 'scripts/new/main.ts'
const MARK = 'TO FILL' + ' IN'
const MINUTES = { timeout: 600_000 }

test.skipIf(IS_QUICK)('a layer', MINUTES, async () => {
  const { folder, run, fillIn } = projectCopy()
  const file = 'server/src/layers/negate-all.ts'
  expect(await run(RUN, SCAFFOLD, 'layer', 'negate_all')).toContain(`Made\n  ${file}\n`)
  await run(TSC, '-p', '.')
  const left = leftToFillIn(folder).map((line) => line.replace(/:.*/, ''))
  expect(new Set(left)).toEqual(new Set([file, 'test/layers/rows.ts', 'test/oracle/kinds.test.ts']))

  await expect(run(RUN, SCAFFOLD, 'layer', 'negate_all')).rejects.toThrow(
    "there is a layer 'negate_all' already",
  )

  fillIn(file, {
    [`  // ${MARK}: what PyTorch, Keras and Caffe call it.\n`]: '',
    [`  // ${MARK}: see LAYER_CATEGORIES in model/layer.ts.\n  category: 'Shape'`]: "  category: 'Merging'",
    [`  // ${MARK}: see model/traits.ts; rules, fixes and hovers know the layer by these.\n`]: '',
    "range: 'any', reads: 'signal'":
      "range: 'any', reads: 'either', linear: true, elementwise: true, channelwise: true",
    [`${MARK}: one sentence.`]: 'Gives each value with the other sign.',
    [`${MARK}: paper and section`]: 'by its definition',
    [`${MARK}: when to use it, and when something else.`]: 'Where the sign is to change.',
    [`  // ${MARK}: what PyTorch writes for the example; see model/layer.ts and test/oracle/torch-lines.py.\n`]:
      '',
    [`${MARK}: the shape as a formula`]: 'the input’s shape',
    [`  // ${MARK}: options, constraints, parameters and MACs, as far as it has them.\n`]: '',
    [`    // ${MARK}: shapes, weights, MACs and receptive field; here the shape stays as it is.\n`]: '',
  })
  fillIn('test/layers/rows.ts', {
    [`  // ${MARK}: calls with shapes, parameters and MACs that are worked out by hand.\n`]: '',
  })
  fillIn('test/oracle/kinds.test.ts', {
    [`${MARK}: the reason, or a row in kinds.py in place of this line`]: 'made up',
  })
  expect(leftToFillIn(folder)).toEqual([])
  await run(BIOME, 'check', '--write', file)
  await run(RUN, 'scripts/docs/main.ts')
  const layers = ['registry', 'examples', 'shapes', 'formulas', 'traits'].map(
    (name) => `test/layers/${name}.test.ts`,
  )
  await run(VITEST, 'run', ...layers, 'test/oracle/kinds', 'test/docs/pages')
})

test.skipIf(IS_QUICK)('a rule', MINUTES, async () => {
  const { folder, run, fillIn } = projectCopy()
  const code = 'width-of-forty-one'
  const file = `server/src/rules/${code}.ts`
  const own = `test/rules/${code}.test.ts`
  expect(await run(RUN, SCAFFOLD, 'rule', code)).toContain(`Made\n  ${file}\n  ${own}\n`)
  await run(TSC, '-p', '.')
  const left = leftToFillIn(folder).map((line) => line.replace(/:.*/, ''))
  expect(new Set(left)).toEqual(new Set([file, own]))
  // Its own test says which finding is missing.
  await expect(run(VITEST, 'run', own)).rejects.toMatchObject({
    stderr: expect.stringContaining(`hint[${code}]`),
  })

  fillIn(file, {
    [`// ${MARK}: in place of LayerNode, the data that the words and the fix of a finding need.\n`]: '',
    [`  // ${MARK}: see RULE_CATEGORIES in frame/rule.ts.\n  category: 'Order and redundancy'`]:
      "  category: 'Width, depth and cost'",
    [`${MARK}: the finding in a few words`]: 'The layer has forty-one channels',
    [`${MARK}: why this is worth a finding, and where it is not found.`]: 'Nobody wants forty-one channels.',
    [`${MARK}: paper and section`]: 'made up',
    [`  // ${MARK}: a network with this finding alone, and the same network without it.\n`]: '',
    'conv(8, 3)': 'conv(41, 3)',
    'conv(8, 5)': 'conv(40, 3)',
    [`${MARK}: what is wrong, with the numbers in it`]: 'gives 41 channels',
    [`${MARK}: why that is so`]: 'its first option says so',
    [`${MARK}: what to do`]: 'take 40',
    [`    // ${MARK}: which layers are asked, by their traits, and what makes one a finding.\n`]: '',
    'node.outputs.length === 0': 'node.outputs[0]?.shape[0] === 41',
    [`  // ${MARK}: a fix where there is one, with \`fixes\` and \`fix\` as in lrn-without-effect.ts.\n`]: '',
  })
  fillIn(own, {
    [`// ${MARK}: what is found, what is not, and each fix with checkFixes of ../helpers/fixes.\n`]: '',
    [`${MARK}: what the rule is about`]: 'forty-one channels',
    'conv(8, 3)': 'conv(41, 3)',
    [`: ${MARK}`]: ': gives 41 channels',
  })
  expect(leftToFillIn(folder)).toEqual([])
  await run(BIOME, 'check', '--write', file, own)
  await run(RUN, 'scripts/docs/main.ts')
  const rules = ['registry', 'fixes', code].map((name) => `test/rules/${name}.test.ts`)
  await run(VITEST, 'run', ...rules, 'test/docs/pages', 'test/docs/schema')
})
