import { describe, expect, test } from 'vitest'
import { completed, offers, remembered } from '../../client/src/sizes'
import { healthOf, totalsText, triedText } from '../../client/src/status-text'

test.each([
  ['3x320x320', '3x224x224', '3x320x320'],
  [' 3×320×480 ', '3x224x224', '3x320x480'],
  ['[3, 320, 480]', '3x224x224', '3x320x480'],
  ['320', '3x224x224', '3x320x320'],
  ['320x480', '3x224x224', '3x320x480'],
  ['1x8x16x16', '3x224x224', '1x8x16x16'],
  ['24', '1x16x64x64', '1x24x24x24'],
  ['20', '10', '20'],
  ['', '3x224x224', undefined],
  ['3x', '3x224x224', undefined],
  ['0', '3x224x224', undefined],
  ['-1', '3x224x224', undefined],
  ['1.5', '3x224x224', undefined],
  ['large', '3x224x224', undefined],
  ['1x2x3x4x5', '3x224x224', undefined],
])('%j for an input %s is %j', (text, declared, size) => {
  expect(completed(text, declared)).toBe(size)
})

describe('what is offered', () => {
  const input = {
    network: 'N',
    input: 'image',
    declared: '3x224x224',
    suggestions: ['3x112x112', '3x448x448'],
    sizes: [],
  }

  test('is what is typed, completed', () => {
    expect(offers('320', input, ['3x9x9'])).toEqual([{ size: '3x320x320', reason: '' }])
    expect(offers('224', input, [])).toEqual([{ size: '3x224x224', reason: 'as declared' }])
    expect(offers('big', input, [])).toEqual([])
  })

  test('is what was tried on such an input, and what works', () => {
    expect(offers('', input, ['3x448x448', '1x32x32', '3x50x50'])).toEqual([
      { size: '3x448x448', reason: 'tried recently' },
      { size: '3x50x50', reason: 'tried recently' },
      { size: '3x112x112', reason: 'suggested' },
    ])
  })

  test('leads back first while another size is tried', () => {
    const offered = offers(' ', { ...input, tried: '3x448x448' }, ['3x448x448'])
    expect(offered.map(({ size }) => size)).toEqual(['3x224x224', '3x112x112'])
  })
})

test('the latest sizes are remembered, each once', () => {
  expect(remembered(['a', 'b', 'c'], 'b')).toEqual(['b', 'a', 'c'])
  expect(remembered(['1', '2', '3', '4', '5', '6', '7', '8'], '9')).toHaveLength(8)
})

test('the status in words', () => {
  const tried = [{ network: 'N', input: 'image', text: 'image 3×320×320', declared: '3×224×224' }]
  expect(totalsText({ name: 'N', text: '1K params · 2 KMACs', tried: [] })).toBe('N: 1K params · 2 KMACs')
  expect(totalsText({ name: 'unit', text: '', tried: [] })).toBe('unit')
  expect(totalsText(null)).toBe('No network at the cursor')
  expect(triedText({ name: 'N', text: '', tried })).toEqual({
    text: 'Trying image 3×320×320',
    back: 'Back to 3×224×224',
  })
  expect(triedText({ name: 'N', text: '', tried: [...tried, ...tried] }).back).toBe(
    'Back to the declared sizes',
  )
  expect(healthOf('stopped')).toMatchObject({ text: 'cnnlint has stopped', isStopped: true, isBusy: false })
  expect(healthOf('starting')).toMatchObject({ detail: 'starting', isBusy: true })
})
