import { describe, expect, it } from 'vitest'
import { format } from '../../grammar/format'
import { analysisOf, EXAMPLES, textOf } from './examples'

describe.each(EXAMPLES)('%s', (path) => {
  it('has no errors', () => {
    expect(analysisOf(path).problems.map(({ message }) => message)).toEqual([])
  })

  it('evaluates every network completely', () => {
    for (const network of analysisOf(path).networks) {
      expect(network.totals, network.name).toBeDefined()
      expect(
        network.outputs.every(({ tensor }) => tensor),
        network.name,
      ).toBe(true)
    }
  })

  it('is formatted', () => {
    expect(textOf(path)).toBe(format(textOf(path)))
  })

  it('documents itself and its networks', () => {
    const { file } = analysisOf(path)
    expect(file.doc?.text).toMatch(/\b(19|20)\d\d\b/)
    const networks = file.items.filter(({ kind }) => kind === 'network')
    // A file with a single network may leave the description to the top of the file.
    if (networks.length < 2) return
    for (const item of networks) expect(item.kind === 'network' && item.doc, item.kind).toBeTruthy()
  })
})
