import { describe, expect, test } from 'vitest'
import { describedCodes } from '../../server/src/config/codes'
import { LAYERS } from '../../server/src/layers'
import { RULES } from '../../server/src/rules'
import { useCli } from './helper'

const cli = useCli()

describe('layers', () => {
  test('lists every layer with its aliases', async () => {
    const { status, out } = await cli(['layers'])
    expect(status).toBe(0)
    for (const { name, aliases, summary } of LAYERS) {
      expect(out).toContain(`  ${[name, ...aliases].join(', ')} `)
      expect(out).toContain(summary)
    }
    expect(out.startsWith('Convolution\n')).toBe(true)
  })

  test('explains one: signature, options, output, constraints, example', async () => {
    const { status, out } = await cli(['layers', 'conv'])
    expect(status).toBe(0)
    expect(out).toMatch(/^conv\(channels, kernel, stride=1, padding=0, /)
    expect(out).toMatch(/^ {2}stride +integer ≥ 1, or one for each axis; 1 when left out$/m)
    expect(out).toContain('\nOutput\n')
    expect(out).toMatch(/^ {2}C1 /m)
    expect(out).toContain('window-exceeds-input')
    expect(out).toContain('\nExample\n  network ')
  })

  test.each([
    ['conv2d', 'conv('],
    ['Conv2d', 'conv('],
    ['Dense', 'linear('],
    ['nn.Conv2d', 'conv('],
    ['torch.nn.BatchNorm2d(64)', 'batchnorm('],
    ['tf.keras.layers.Dense', 'linear('],
    ['F.relu', 'relu'],
  ])('%s leads to the layer', async (name, start) => {
    expect((await cli(['layers', name])).out.startsWith(start)).toBe(true)
  })

  test('are data with --format json', async () => {
    // Longer than a pipe takes at once.
    const { out } = await cli.process(['layers', '--format', 'json'])
    const { version, layers } = JSON.parse(out)
    expect(version).toBe(1)
    expect(layers.map(({ name }: { name: string }) => name)).toEqual(LAYERS.map(({ name }) => name))
    const pool = JSON.parse((await cli(['layers', 'maxpool', '--format', 'json'])).out).layer
    expect(pool.options.find(({ name }: { name: string }) => name === 'stride')).toMatchObject({
      default: 'kernel',
      required: false,
    })
  })

  test('that do not exist are refused', async () => {
    const near = await cli(['layers', 'batchnrom'])
    expect([near.status, near.out]).toEqual([2, ''])
    expect(near.err).toContain("no layer is named 'batchnrom'; did you mean 'batchnorm'?")
    expect((await cli(['layers', 'zzzzzz'])).err).toContain("'cnnlint layers' lists them all")
  })
})

describe('rules', () => {
  test('lists every rule with its severity', async () => {
    const { status, out } = await cli(['rules'])
    expect(status).toBe(0)
    for (const { code, severity, title, fix, fixes = ['choice'] } of RULES) {
      const isUnasked = fixes.includes('certain') || fixes.includes('same-network')
      const mark = fix === undefined ? '' : isUnasked ? '\\*' : '\\+'
      expect(out).toMatch(new RegExp(`^  ${code} +${severity}${mark} .*`, 'm'))
      expect(out).toContain(title)
    }
  })

  test('lists all other codes after them', async () => {
    const { out } = await cli(['rules'])
    for (const { code, kind, title, fixes } of describedCodes()) {
      const mark = fixes.length === 0 ? '' : fixes.includes('certain') ? '\\*' : '\\+'
      if (kind === 'error') expect(out).toMatch(new RegExp(`^  ${code} +error${mark} +`, 'm'))
      expect(out).toContain(title)
    }
  })

  test('lead to the layer of a name that is no code, and the other way round', async () => {
    expect((await cli(['rules', 'conv'])).err).toContain("'conv' is no code but a layer: cnnlint layers conv")
    const { err } = await cli(['layers', 'large-kernel'])
    expect(err).toContain("'large-kernel' is no layer but a code: cnnlint rules large-kernel")
  })

  test('explains a rule', async () => {
    const [rule] = RULES as [(typeof RULES)[number]]
    const { status, out } = await cli(['rules', rule.code])
    expect(status).toBe(0)
    expect(out.startsWith(`${rule.code} ${rule.severity}\n`)).toBe(true)
    expect(out).toContain(rule.example.trimEnd().split('\n').at(-1))
    expect(out).toContain(`/docs/rules/${rule.code}.md`)
  })

  test('says of a rule how its fix is applied', async () => {
    const { out } = await cli(['rules', 'stride-drops-pixels'])
    expect(out.replace(/\s+/g, ' ')).toContain(
      'choice: it changes the network, and its author chooses. check --fix --unsafe-fixes applies it.',
    )
  })

  test.each(['window-exceeds-input', 'unknown-name', 'config-unknown-rule'])(
    'explains the mistake %s',
    async (code) => {
      const { status, out } = await cli(['rules', code])
      expect(status).toBe(0)
      expect(out.startsWith(`${code} error\n`)).toBe(true)
      expect(out).toContain('\nRepaired\n')
    },
  )

  test('shows the files that an example imports', async () => {
    const { out } = await cli(['rules', 'import-has-errors'])
    expect(out).toMatch(/\nExample\n {2}from ".\/broken.cnn"[\s\S]*\n {2}broken.cnn:\n {2}block broken/)
    expect(out).toMatch(/\nRepaired\n {2}from ".\/blocks.cnn"[\s\S]*\n {2}blocks.cnn:\n {2}block unit/)
  })

  test('shows the example with its first fix, as text and as data', async () => {
    const flow = 'output y = x -> conv_transpose(32, 3, stride=2, output_padding=1)'
    expect((await cli(['rules', 'output-padding-too-large'])).out).toMatch(
      new RegExp(`\\nRepaired\\n[^]*${flow.replace(/[()]/g, '\\$&')}`),
    )
    const { rule } = JSON.parse((await cli(['rules', 'output-padding-too-large', '--format', 'json'])).out)
    expect(rule.instead).toContain(flow)
    expect(rule.example).not.toContain(flow)
  })

  test('are data with --format json', async () => {
    const { out } = await cli(['rules', '--format', 'json'])
    expect(JSON.parse(out).rules.map(({ code }: { code: string }) => code)).toEqual(
      RULES.map(({ code }) => code),
    )
    const others = JSON.parse(out).diagnostics.map(({ code }: { code: string }) => code)
    expect([...others, ...RULES.map(({ code }) => code)].sort()).toEqual(
      describedCodes()
        .map(({ code }) => code)
        .sort(),
    )
    const { rule } = JSON.parse((await cli(['rules', 'stride-drops-pixels', '--format', 'json'])).out)
    expect(rule).toMatchObject({
      code: 'stride-drops-pixels',
      kind: 'rule',
      severity: 'info',
      fixes: ['choice'],
      options: {},
    })
  })

  test('that do not exist are refused', async () => {
    const { status, err } = await cli(['rules', 'stride-drop-pixels'])
    expect(status).toBe(2)
    expect(err).toContain(
      "no rule has the code 'stride-drop-pixels'; did you mean 'stride-drops-pixels' or 'stride-skips-pixels'?",
    )
  })
})
