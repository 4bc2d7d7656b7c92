import { afterEach, describe, expect, test, vi } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { summaryTable } from '../../server/src/cli/formats/summary-table'
import { progress } from '../../server/src/cli/progress'
import type { Output } from '../../server/src/cli/terminal'
import { displayWidth } from '../../server/src/cli/width'

function terminal(columns: number | undefined): Output & { readonly written: string[] } {
  const written: string[] = []
  return { written, columns, write: (text) => void written.push(text), paint: (_, text) => text }
}

describe('a summary table', () => {
  const text = `network N {
  input image: [3, 64, 64]
  a_rather_long_name = image -> conv(64, 7, stride=2, padding=[3, 2, 3, 2], bias=false) -> batchnorm
  output logits = a_rather_long_name -> global_avgpool -> flatten -> linear(10)
}
`
  const analysis = analyze('a.cnn', memoryHost({ 'a.cnn': text }))
  const lines = (columns: number | undefined) =>
    summaryTable(analysis, { findings: [], depth: Number.POSITIVE_INFINITY }, terminal(columns))
      .split('\n')
      .slice(0, 9)

  test('is as wide as it needs to be through a pipe', () => {
    expect(lines(undefined).join('\n')).toContain('conv(64, 7, stride=2, padding=[3, 2, 3, 2], bias=false)  ')
  })

  test('cuts the first column where the terminal is narrow, and no number', () => {
    const narrow = lines(90)
    expect(Math.max(...narrow.map(displayWidth))).toBeLessThanOrEqual(90)
    expect(narrow.join('\n')).toMatch(/^conv\(64, 7, stri.*… +64×32×32 +9,408 +9,633,792 {2}7 \/2 \+3$/m)
  })

  test('keeps enough of the first column to be read', () => {
    expect(lines(20).join('\n')).toMatch(/^conv\(64, 7, stride=…/m)
  })
})

describe('progress', () => {
  afterEach(() => vi.useRealTimers())

  test('is silent where no terminal watches', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const output = terminal(undefined)
    const bar = progress(output, 'Checking', 2)
    vi.advanceTimersByTime(10_000)
    bar.step('a.cnn')
    bar.end()
    expect(output.written).toEqual([])
  })

  test('is silent on short runs, and leaves nothing behind on long ones', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const output = terminal(30)
    const bar = progress(output, 'Checking', 3)
    bar.step('a.cnn')
    expect(output.written).toEqual([])
    vi.advanceTimersByTime(1000)
    bar.step('b.cnn')
    bar.step('c.cnn')
    bar.end()
    expect(output.written).toEqual(['\r\u001B[2KChecking 2/3 b.cnn', '\r\u001B[2K'])
  })
})
