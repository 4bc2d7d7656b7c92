/** Borders that people lost, added or cut by mistake (README.md): what is offered first. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkMistake, offeredLines } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

describe('mistakes that people made', () => {
  it.each([
    ['05-unet-valid-256-crop', 'd3 = concat(c3 -> center_crop(u3), u3) -> double(64)'],
    ['54-tcn-no-chomp', 'y = x -> conv(width, k, dilation=d, padding=[(k - 1) * d, 0]) -> relu'],
    ['k2a-causal-res', 'output y = add(x, x -> conv(8, 2, dilation=4, padding=[4, 0])) }'],
    ['k8a-crop-off', 'output y = concat(a -> center_crop(b), b) }'],
  ])('%s', (file, first) => {
    checkMistake({ source: read(file), first })
  })

  it.each(['54-tcn-no-chomp', 'k2a-causal-res'])('%s is never made to look ahead', (file) => {
    const lines = offeredLines(read(file)).join('\n')
    expect(lines).toContain('crop(x)')
    expect(lines).not.toMatch(/half|center_crop/)
  })

  it('54b-tcn-chomp is right', () => {
    expect(analyzed(read('54b-tcn-chomp')).analysis.problems).toEqual([])
  })
})

function read(file: string): string {
  return readFileSync(new URL(`${file}.cnn`, import.meta.url), 'utf8')
}
