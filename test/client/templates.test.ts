import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { format } from '../../grammar/format'
import { root } from '../../scripts/process.mjs'
import { makeTemplates } from '../../scripts/templates/index'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { findings } from '../../server/src/lint/findings'
import { REVIEWED } from '../zoo/findings'

const templates = makeTemplates(join(root, 'examples'))

/** What is true of the classics, by review; and a template has no use for what their sisters need. */
const ACCEPTED = new Set([...REVIEWED.map(({ code }) => code), 'branch-never-taken'])

describe.each(templates.map((template) => [template.label, template] as const))('%s', (label, template) => {
  const analysis = analyze('template.cnn', memoryHost({ 'template.cnn': template.text }))

  test('is right on its own', () => {
    expect(analysis.problems).toEqual([])
    const found = findings(analysis).map(({ code }) => code)
    expect(found.filter((code) => label === 'Empty network' || !ACCEPTED.has(code))).toEqual([])
  })

  test('is one network with what it needs, and nothing else', () => {
    expect(analysis.networks).toHaveLength(1)
    expect(analysis.file.items.some(({ kind }) => kind === 'import')).toBe(false)
  })

  test('is laid out in the standard way', () => {
    expect(format(template.text)).toBe(template.text)
  })
})

test('the classics say what they cost and where they were published', () => {
  const [empty, ...classics] = templates
  expect(empty?.description).toBe('')
  expect(classics.length).toBeGreaterThan(9)
  const resnet = classics.find(({ label }) => label === 'ResNet-50')
  expect(resnet?.description).toBe('25.6M params · 4.09 GMACs')
  expect(resnet?.detail).toMatch(/^K\. He, .*: Deep Residual Learning for Image Recognition\. CVPR 2016$/)
  expect(resnet?.text).not.toMatch(/ResNet101|zero_padding|from "/)
})
