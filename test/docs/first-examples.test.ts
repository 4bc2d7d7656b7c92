/** The complete networks that a new user meets first check without a finding. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { LAYERS } from '../../server/src/layers'
import { findings } from '../../server/src/lint/findings'

const root = new URL('../../', import.meta.url)

/** The `cnn` examples of a page that declare a network, by their lines. */
function networksIn(path: string): readonly (readonly [string, string])[] {
  const page = readFileSync(new URL(path, root), 'utf8')
  return [...page.matchAll(/^```cnn\n(.*?)^```$/gms)].flatMap(({ index, 1: text = '' }) => {
    const line = page.slice(0, index).split('\n').length
    return /^network /m.test(text) ? [[`${path}:${line}`, text] as const] : []
  })
}

/** Findings that the text of a page is about, or that hold of a published network as it was published. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  ResNet50: ['unproductive-layer'],
  ResNet20: ['unproductive-layer'],
  opaque: ['opaque-layer'],
  lrn: ['lrn-without-effect'],
}

/** What is found beyond what a network, or a layer's page, is about. */
function foundIn(text: string, about: readonly string[]): readonly string[] {
  const analysis = analyze('page.cnn', memoryHost({ 'page.cnn': text }))
  return findings(analysis)
    .filter(({ code }) => !about.includes(code))
    .map(({ code, severity, message }) => `${severity} ${code}: ${message}`)
}

describe('the networks of the first pages', () => {
  test.each([...networksIn('README.md'), ...networksIn('grammar/LANGUAGE.md')])('%s', (_, text) => {
    const names = [...text.matchAll(/^network (\w+)/gm)].map(([, name = '']) => name)
    expect(
      foundIn(
        text,
        names.flatMap((name) => ABOUT[name] ?? []),
      ),
    ).toEqual([])
  })
})

describe('the network of a layer’s page', () => {
  test.each(LAYERS.map(({ name, example }) => [name, example] as const))('%s', (name, example) => {
    expect(foundIn(`${example}\n`, ABOUT[name] ?? [])).toEqual([])
  })
})
