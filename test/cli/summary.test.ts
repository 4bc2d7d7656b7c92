import { describe, expect, test } from 'vitest'
import { useCli } from './helper'

const cli = useCli()

async function json(...args: readonly string[]) {
  return JSON.parse((await cli(['summary', '--format', 'json', ...args])).out)
}

const field = (size: number, stride: number, padding: number) => ({
  size: [size, size],
  stride: [stride, stride],
  padding: [padding, padding],
  context: false,
  seen: [size, size],
})

describe('json', () => {
  test('is what the contract says', async () => {
    const input =
      'network N(classes=2) {\n  input x: [1, 6, 6]\n  y = x -> conv(4, 3) -> relu\n  output z = y -> flatten -> linear(classes)\n}\n'
    const { status, out, err } = await cli(['summary', '-', '--format', 'json'], { input })
    expect([status, err]).toEqual([0, ''])
    const seen = field(3, 1, 0)
    const unordered = { ...seen, stride: [null, null], padding: [null, null] }
    expect(JSON.parse(out)).toEqual({
      version: 1,
      file: '<stdin>',
      networks: [
        {
          name: 'N',
          line: 1,
          inputs: [{ id: 0, name: 'x', shape: [1, 6, 6] }],
          outputs: [{ name: 'z', shape: [2], items: 1 }],
          params: 170,
          fixed: 0,
          macs: 704,
          weightLayers: 2,
          depth: 2,
          layers: [
            {
              id: 1,
              op: 'conv',
              name: null,
              line: 3,
              column: 12,
              path: [],
              inputs: [0],
              in: [[1, 6, 6]],
              out: [4, 4, 4],
              outs: [[4, 4, 4]],
              items: 1,
              params: 40,
              fixed: 0,
              macs: 576,
              sharedWith: null,
              receptiveField: seen,
              receptiveFields: [seen],
            },
            {
              id: 2,
              op: 'relu',
              name: 'y',
              line: 3,
              column: 26,
              path: [],
              inputs: [1],
              in: [[4, 4, 4]],
              out: [4, 4, 4],
              outs: [[4, 4, 4]],
              items: 1,
              params: 0,
              fixed: 0,
              macs: 0,
              sharedWith: null,
              receptiveField: seen,
              receptiveFields: [seen],
            },
            {
              id: 3,
              op: 'flatten',
              name: null,
              line: 4,
              column: 19,
              path: [],
              inputs: [2],
              in: [[4, 4, 4]],
              out: [64],
              outs: [[64]],
              items: 1,
              params: 0,
              fixed: 0,
              macs: 0,
              sharedWith: null,
              receptiveField: unordered,
              receptiveFields: [unordered],
            },
            {
              id: 4,
              op: 'linear',
              name: 'z',
              line: 4,
              column: 30,
              path: [],
              inputs: [3],
              in: [[64]],
              out: [2],
              outs: [[2]],
              items: 1,
              params: 130,
              fixed: 0,
              macs: 128,
              sharedWith: null,
              receptiveField: 'global',
              receptiveFields: ['global'],
            },
          ],
          bindings: {
            x: { shape: [1, 6, 6], items: 1, params: 0, macs: 0, rf: field(1, 1, 0) },
            y: { shape: [4, 4, 4], items: 1, params: 40, macs: 576, rf: seen },
            z: { shape: [2], items: 1, params: 130, macs: 128, rf: 'global' },
          },
        },
      ],
      diagnostics: [],
    })
  })

  test('has a receptive field for each input, and names the blocks that were entered', async () => {
    const { networks, diagnostics } = await json('residual.cnn')
    expect(diagnostics).toEqual([])
    const [small, shared] = networks
    expect(small.inputs.map(({ id, name }: { id: number; name: string }) => [id, name])).toEqual([
      [0, 'image'],
      [1, 'mask'],
    ])
    const first = small.layers[2]
    expect(first).toMatchObject({
      id: 4,
      op: 'conv',
      path: ['residual'],
      file: 'blocks.cnn',
      line: 3,
      column: 12,
    })
    expect(first.receptiveFields).toEqual([field(5, 1, 2), field(5, 1, 2)])
    expect(shared.layers[0].receptiveFields).toEqual([field(3, 1, 1)])
    // Numbers are no tensors.
    expect(Object.keys(small.bindings)).not.toContain('width')
  })

  test("leaves out a comprehension's own names, and keeps what they hid", async () => {
    const text = `network N {
  input x: [8, 16, 16]
  part = x -> conv(2, 3)
  halves = [half -> relu for half in split(x, 2)]
  both = [part -> relu for part in halves]
  for rest in both { last = rest }
  output y = concat(both)
}
`
    const { out } = await cli(['summary', '-', '--format', 'json'], { input: text })
    const [{ bindings }] = JSON.parse(out).networks
    expect(Object.keys(bindings).sort()).toEqual(['last', 'part', 'rest', 'x', 'y'])
    expect(bindings.part.shape).toEqual([2, 14, 14])
  })

  test('says whose weights a shared layer uses', async () => {
    const { networks } = await json('residual.cnn', '--network', 'Shared')
    expect(networks).toHaveLength(1)
    const [first, second] = networks[0].layers
    expect(first).toMatchObject({ id: 1, params: 84, sharedWith: null })
    expect(second).toMatchObject({ id: 2, params: 0, sharedWith: 1, macs: 5184 })
  })

  test('shows what is known of a network with an error, and ends with 1', async () => {
    const { status, out } = await cli(['summary', 'broken.cnn', '--format', 'json'])
    expect(status).toBe(1)
    const { networks, diagnostics } = JSON.parse(out)
    const [{ params, fixed, macs, weightLayers, depth, outputs, layers, bindings }] = networks
    expect({ params, fixed, macs, weightLayers, depth }).toEqual({
      params: 224,
      fixed: 0,
      macs: 3456,
      weightLayers: 1,
      depth: 1,
    })
    expect(bindings.fine.shape).toEqual([8, 4, 4])
    const unknown = { items: 1, params: null, macs: null, rf: null, certain: false }
    expect([bindings.wrong, bindings.logits]).toEqual([
      { ...unknown, shape: [8, null, null] },
      { ...unknown, shape: [10] },
    ])
    expect(networks[0].complete).toBe(false)
    expect(outputs).toEqual([{ name: 'logits', shape: [10], items: 1 }])
    expect(layers.map((layer: { certain?: false }) => layer.certain)).toEqual([
      undefined,
      false,
      false,
      false,
    ])
    expect(layers.at(-1)).toEqual({
      id: 4,
      op: 'linear',
      name: 'logits',
      line: 6,
      column: 39,
      path: [],
      inputs: [3],
      in: [[null]],
      out: [10],
      outs: [[10]],
      items: 1,
      params: null,
      fixed: 0,
      macs: null,
      sharedWith: null,
      receptiveField: null,
      receptiveFields: [null],
      certain: false,
    })
    expect(diagnostics).toEqual([
      {
        severity: 'error',
        code: 'window-exceeds-input',
        message: expect.stringContaining('Kernel 7'),
        line: 5,
        column: 27,
        endLine: 5,
        endColumn: 28,
      },
    ])
  })

  test('shows what is known of a text with a fault', async () => {
    const { status, out } = await cli(['summary', 'syntax.cnn', '--format', 'json'])
    expect(status).toBe(1)
    const { networks, diagnostics } = JSON.parse(out)
    expect(networks[0].outputs).toEqual([{ name: 'after', shape: [4, 6, 6], items: 1 }])
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]).toMatchObject({ severity: 'error', line: 4, column: 24 })
  })

  test('of a file without networks is empty', async () => {
    const { networks, diagnostics } = await json('empty.cnn')
    expect({ networks, diagnostics }).toEqual({ networks: [], diagnostics: [] })
  })

  test('knows values from outside', async () => {
    const { networks } = await json('lenet.cnn', '--set', 'classes=7', '--input', 'image=1x64x64')
    expect(networks[0].inputs[0].shape).toEqual([1, 64, 64])
    expect(networks[0].outputs[0].shape).toEqual([7])
  })
})

describe('table', () => {
  test('has a line for each layer and block, with sums, and the totals', async () => {
    const { status, out, err } = await cli(['summary', 'residual.cnn', '--network', 'Small'])
    expect([status, err]).toEqual([0, ''])
    const lines = out.split('\n')
    expect(lines[0]).toBe('Small')
    expect(out).toMatch(/^conv\(4, 3, padding=1\) → stem +4×8×8 +148 +9,216 {2}3 \/1 \+1$/m)
    expect(lines.filter((line) => line.startsWith('residual(4)'))).toHaveLength(3)
    expect(out).toMatch(/^residual\(4\) +4×8×8 +296 +18,432 {2}7 \/1 \+3$/m)
    expect(out).toMatch(/^ {2}conv\(4, 3, padding=1\) +4×8×8 +148 +9,216 {2}5 \/1 \+2/m)
    expect(out).toMatch(/^Parameters +3,606$/m)
    expect(out).toMatch(/^MACs +67,072 \(67\.1K\)$/m)
    expect(out).toMatch(/^Weight layers +8$/m)
  })

  test('--depth folds blocks, and equal ones in a row into one', async () => {
    const { out } = await cli(['summary', 'residual.cnn', '--network', 'Small', '--depth', '0'])
    expect(out).toMatch(/^3 × residual\(4\) → deep +4×8×8 +888 +55,296 {2}15 \/1 \+7$/m)
    expect(out).not.toMatch(/^ {2}conv/m)
  })

  test('shows several outputs as their number, with what they have in common', async () => {
    const input = `block both(x: tensor) {
  near = x -> conv(4, 3, padding=1)
  return near, near -> conv(4, 3, padding=1)
}
network N {
  input x: [4, 8, 8]
  a, b = x -> both
  c, d = a -> split(2)
  output y = concat(c, d)
}
`
    const { out } = await cli(['summary', '-', '--depth', '0'], { input })
    expect(out).toMatch(/^both → a, b +2 tensors 4×8×8 +296 +18,432 {2}–$/m)
    expect(out).toMatch(/^split\(2\) → c, d +2 tensors 2×8×8 +– +– {2}3 \/1 \+1$/m)
  })

  test('says which weights are shared', async () => {
    const { out } = await cli(['summary', 'residual.cnn', '--network', 'Shared'])
    expect(out).toMatch(/→ once +3×8×8 +84 +5,184/)
    expect(out).toMatch(/→ twice +3×8×8 +shared +5,184/)
  })

  test('shows what is known, and the errors beside it', async () => {
    const { status, out, err } = await cli(['summary', 'broken.cnn'])
    expect(status).toBe(1)
    expect(out).toMatch(/→ fine +8×4×4 +224/)
    expect(out).toMatch(/^conv\(8, 7\) → wrong +8×\?×\? +\? +\?/m)
    expect(out).toMatch(/^linear\(10\) → logits +10 \?/m)
    expect(out).toMatch(/^Parameters +≥ 224 · 1 error$/m)
    expect(err).toMatch(/^broken\.cnn:5:27 error\[window-exceeds-input\]/)
  })

  test('says which parameter has no value', async () => {
    const input = 'network N(width) {\n  input x: [1, 6, 6]\n  output y = x -> conv(width, 3)\n}\n'
    const { status, err } = await cli(['summary', '-'], { input })
    expect([status, err]).toEqual([
      0,
      'N has no value for its parameter width: give one with --set width=…\n',
    ])
    const given = await cli(['summary', '-', '--set', 'width=2'], { input })
    expect([given.status, given.err]).toEqual([0, ''])
  })

  test('is coloured only when forced through a pipe', async () => {
    const plain = await cli.process(['summary', 'lenet.cnn'])
    const forced = await cli.process(['summary', 'lenet.cnn'], { env: { FORCE_COLOR: '1' } })
    expect(plain.out).not.toContain('\u001B')
    expect(forced.out).toContain('\u001B[1mLeNet\u001B[22m')
  })

  test('of a file without networks says so', async () => {
    expect(await cli(['summary', 'empty.cnn'])).toEqual({
      status: 0,
      out: '',
      err: 'empty.cnn has no network\n',
    })
  })
})

describe('markdown', () => {
  test('is a well-formed table a network', async () => {
    const { out } = await cli(['summary', 'residual.cnn', '--format', 'markdown'])
    expect(out.match(/^## .*$/gm)).toEqual(['## Small', '## Shared'])
    const rows = out.split('\n').filter((line) => line.startsWith('|'))
    expect(new Set(rows.map((row) => row.match(/(?<!\\)\|/g)?.length))).toEqual(new Set([6]))
    expect(out).toContain('| `conv(4, 3, padding=1) → stem` | 4×8×8 | 148 | 9,216 | 3 /1 +1 |')
    expect(out).toContain('| **`residual(4) → deep`** | 4×8×8 |')
    expect(out).toContain('- Parameters: 3,606\n')
  })
})

describe('csv', () => {
  test('has a header and one record a layer', async () => {
    const { out } = await cli(['summary', 'residual.cnn', '--format', 'csv'])
    const [head, first, ...rest] = out.trimEnd().split('\n') as [string, string, ...string[]]
    expect(head).toBe(
      'network,id,op,name,path,file,line,column,inputs,in,out,items,params,fixed,macs,rf_size,rf_stride,rf_padding,rf_context,rf_seen',
    )
    expect(first).toBe(
      'Small,2,concat,,,residual.cnn,6,10,0 1,3x8x8 1x8x8,4x8x8,1,0,0,0,1x1,1x1,0x0,false,1x1',
    )
    expect(rest).toHaveLength(20)
    for (const record of rest) expect(record.split(',')).toHaveLength(head.split(',').length)
  })

  test('quotes what needs it', async () => {
    const input = 'network N {\n  input x: [1, 4, 4]\n  output y = x -> relu\n}\n'
    const args = ['summary', '-', '--stdin-filename', 'a "b", c.cnn', '--format', 'csv']
    expect((await cli(args, { input })).out).toContain(',"a ""b"", c.cnn",')
  })
})

describe('mistakes', () => {
  test.each([
    [
      ['lenet.cnn', '--network', 'LeNett'],
      "no network is named 'LeNett'; did you mean 'LeNet'? (known: LeNet)",
    ],
    [['empty.cnn', '--network', 'N'], "no network is named 'N' (the file has none)"],
    [
      ['lenet.cnn', '--set', 'classs=3'],
      "no parameter is named 'classs'; did you mean 'classes'? (known: classes)",
    ],
    [['residual.cnn', '--set', 'a=3'], "no parameter is named 'a' (there is no parameter)"],
    [
      ['residual.cnn', '--network', 'Shared', '--input', 'mask=1x8x8'],
      "no input is named 'mask' (known: image)",
    ],
    [['lenet.cnn', '--input', 'image=1x0x8'], "'image' needs a size such as image=3x320x320, not '1x0x8'"],
    [['nested'], "summary needs one file, but 'nested' names several"],
    [['missing.cnn'], "no file or folder is named 'missing.cnn'"],
  ])('%j', async (args, message) => {
    const { status, out, err } = await cli(['summary', ...args])
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(message)
  })
})
