import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { parse } from '../../grammar/parse'
import type { Argument, Call } from '../../grammar/tree'
import { descendants } from '../../grammar/walk'
import { analyze } from '../../server/src/check/analyze'
import { removeArgument } from '../../server/src/check/binding/call-edits'
import { textHost } from '../../server/src/check/host'
import { offeredFixes } from '../../server/src/lint/offer'
import { applyEdits, type TextEdit } from '../../server/src/model/problem'
import { sampled } from '../helpers/sample'

/** A first fix may uncover what the break had hidden; then the first fix of that is applied too. */
const MOST_FIXES = 3

const VALUES = ['0', '2']

const texts = new Map(globSync('examples/**/*.cnn').map((file) => [file, readFileSync(file, 'utf8')]))

describe('breaking a padding and applying the first fix offered leaves no error', () => {
  const padded = [...texts].filter(([, text]) => paddingsOf(text).length > 0)
  for (const [file, text] of sampled(padded, 6)) {
    const paddings = sampled(paddingsOf(text), 1)
    it(file, () => {
      const left = paddings.flatMap(({ call, argument }) =>
        breaks(call, argument).flatMap((edits) => afterFirstFixes(file, applyEdits(text, edits))),
      )
      expect(left).toEqual([])
    })
  }

  it('is tried on examples at all', () => {
    expect([...texts.values()].flatMap(paddingsOf).length).toBeGreaterThan(20)
  })
})

function paddingsOf(text: string): readonly { readonly call: Call; readonly argument: Argument }[] {
  const calls = [...descendants(parse(text))].filter((node) => node.kind === 'call')
  return calls.flatMap((call) =>
    call.args.filter(({ name }) => name?.name === 'padding').map((argument) => ({ call, argument })),
  )
}

/** The padding taken away, or changed to something else. */
function breaks(call: Call, { value, ...argument }: Argument): readonly (readonly TextEdit[])[] {
  const { start, end } = value
  return [
    removeArgument(call, call.args.find((arg) => arg.start === argument.start) as Argument),
    ...VALUES.map((text) => [{ start, end, text }]),
  ]
}

/** What is still wrong with a broken text after the first fixes: nothing, or the story of the attempt. */
function afterFirstFixes(file: string, broken: string): readonly string[] {
  const changed = new Map([[file, broken]])
  const host = textHost((uri) => changed.get(uri) ?? texts.get(uri))
  const story: string[] = []
  for (let round = 0; round <= MOST_FIXES; round++) {
    const analysis = analyze(file, host)
    const problem = analysis.problems.find(({ severity }) => severity === 'error')
    if (problem === undefined) return []
    story.push(`${problem.code}: ${problem.message}`)
    const [fix] = offeredFixes({ analysis, host, problem })
    if (fix === undefined) return [...story, 'no fix is offered']
    // To change what the file expects would hide the fault.
    if (fix.drastic) return [...story, fix.title]
    story.push(fix.title)
    changed.set(fix.file, applyEdits(host.file(fix.file)?.text ?? '', fix.edits))
  }
  return story
}
