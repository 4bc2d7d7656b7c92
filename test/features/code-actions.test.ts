import { describe, expect, it } from 'vitest'
import type { CodeAction } from 'vscode-languageserver-types'
import { analyze } from '../../server/src/check/analyze'
import { codeActions, FIX_ALL, resolveCodeAction } from '../../server/src/features/code-actions'
import { applyEdits } from '../../server/src/model/problem'
import { marked, type Sources } from './view'

/** The actions at the mark, and the texts that they make. */
function actionsAt(sources: Sources, only?: readonly string[]) {
  const { view, host, offset } = marked(sources)
  const at = view.lines(view.analysis.uri).position(offset)
  const actions = [...codeActions(view, host, { range: { start: at, end: at }, only })]
  const apply = (action: CodeAction | undefined) =>
    Object.fromEntries(
      Object.entries(action?.edit?.changes ?? {}).map(([file, edits]) => {
        const lines = view.lines(file)
        const changes = edits.map(({ range, newText }) => ({
          start: lines.offset(range.start),
          end: lines.offset(range.end),
          text: newText,
        }))
        return [file, applyEdits(host.file(file)?.text ?? '', changes)]
      }),
    )
  return { actions, apply, view, host }
}

const BROKEN = `network N {
  input image: [3, 4, 4]
  a = image -> conv(8, $07)
  output y = a -> linear(10)
  output z = image -> maxpool(2, padding=2)
}
`

describe('quick fixes', () => {
  it('name the diagnostic that they fix', () => {
    const { actions } = actionsAt(BROKEN, ['quickfix'])
    for (const { diagnostics } of actions) {
      expect(diagnostics?.map(({ code, range }) => [code, range])).toEqual([
        ['window-exceeds-input', { start: { line: 2, character: 23 }, end: { line: 2, character: 24 } }],
      ])
    }
  })

  it('change the text as their titles say', () => {
    const { actions, apply } = actionsAt(BROKEN)
    expect(actions[0]?.title).toBe('Set padding=2 → 8×2×2')
    expect(apply(actions[0])).toEqual({
      'test.cnn': BROKEN.replace('$07)', '7, padding=2)'),
    })
  })

  it('are those of the problems at the range alone', () => {
    const text = BROKEN.replace('$0', '').replace('padding=2', 'padding=$02')
    const { actions } = actionsAt(text, ['quickfix'])
    expect(actions.map(({ title }) => title)).toEqual(['Set padding=1 → 3×3×3', 'Set kernel=4 → 3×2×2'])
  })

  it('are offered at the stage too that rounded a size', () => {
    const network = (size: string, mark: string) => `network N {
  input image: 3x${size}
  a = image -> conv(8, 3, padding=1)
  b = a -> maxpool(2${mark}) -> conv(8, 3, padding=1)
  output y = add(a, b -> upsample(2))
}
`
    const { actions, apply } = actionsAt(network('63x64', '$0'), ['quickfix'])
    expect(actions[0]?.diagnostics?.map(({ code, range }) => [code, range.start.line])).toEqual([
      ['shapes-differ', 4],
    ])
    expect(apply(actions[0])).toEqual({ 'test.cnn': network('64x64', '') })
  })

  it('are none where nothing is wrong, or other kinds are asked for', () => {
    expect(actionsAt(BROKEN.replace('$0', '').replace('input', '$0input')).actions).toEqual([])
    expect(actionsAt(BROKEN, ['source.organizeImports']).actions).toEqual([])
    expect(actionsAt(BROKEN, ['quickfix']).actions).not.toEqual([])
  })

  it('of a rule end with the comment that silences it', () => {
    const text = `network N {
  input image: [3, 9, 9]
  output y = image
    -> max$0pool(2)
}
`
    const { actions, apply } = actionsAt(text)
    const last = actions.at(-1)
    expect([last?.title, last?.isPreferred]).toEqual(['Silence stride-drops-pixels here', undefined])
    const silenced = apply(last)['test.cnn'] ?? ''
    expect(silenced).toContain(
      'image\n    # cnnlint-disable-next-line stride-drops-pixels\n    -> maxpool(2)',
    )
    expect(actionsAt(silenced.replace('maxpool', 'max$0pool')).actions).toEqual([])
  })

  it('add to a comment that silences another rule', () => {
    const { actions, apply } = actionsAt(`network N {
  input image: [3, 9, 9]
  # cnnlint-disable-next-line even-kernel-half-grows
  output y = image -> max$0pool(2)
}
`)
    expect(apply(actions.at(-1))['test.cnn']).toContain(
      '# cnnlint-disable-next-line even-kernel-half-grows, stride-drops-pixels\n',
    )
  })

  const network = (flow: string) =>
    `network N {\n  input image: [3, 9, 9]\n  output y = image -> ${flow}\n}\n`

  it.each([
    ['what is certain', network('$0rellu'), ['Change rellu to relu', true]],
    ['what keeps the network', network('conv(8, 1) -> $0dropout(0)'), ['Remove dropout(rate=0)', true]],
    [
      'nothing that keeps the function alone',
      network('$0conv(8, 1) -> batchnorm'),
      ['Set bias=false (old checkpoints no longer load)', undefined],
    ],
    ['no choice', network('conv(8, $011)'), [expect.stringMatching(/^Set padding=1 /), undefined]],
    [
      'nothing that changes what is expected',
      network('conv(8, 1)').replace('\n}', '\n  expect params$0 == 24\n}'),
      ['Expect 32', undefined],
    ],
  ])('prefer %s', (_, text, first) => {
    const [action, ...others] = actionsAt(text, ['quickfix']).actions
    expect([action?.title, action?.isPreferred]).toEqual(first)
    expect(others.some(({ isPreferred }) => isPreferred)).toBe(false)
  })

  it('are offered in a block for what the networks of another file run into', () => {
    const sources = {
      'blocks.cnn': 'block residual(x: tensor) { return add(x, $0x -> conv(x.channels, 3)) }\n',
      'test.cnn':
        'from "./blocks.cnn" import residual\nnetwork N {\n  input image: [3, 8, 8]\n  output y = image -> residual\n}\n',
    }
    const { actions, apply } = actionsAt(sources)
    expect(actions[0]?.title).toBe('Set padding=1 on conv(x.channels, 3), line 1, in block residual → 3×8×8')
    expect(apply(actions[0])).toEqual({
      'blocks.cnn': 'block residual(x: tensor) { return add(x, x -> conv(x.channels, 3, padding=1)) }\n',
    })
  })

  it('do no harm to another file that imports the block', () => {
    const sources = {
      'blocks.cnn': 'block down(x: tensor) { return x -> conv(8, $07) }\n',
      'small.cnn':
        'from "./blocks.cnn" import down\nnetwork S {\n  input image: [3, 5, 5]\n  output y = image -> down\n}\n',
      'large.cnn':
        'from "./blocks.cnn" import down\nnetwork L {\n  input image: [3, 9, 9]\n  output y = image -> down\n  expect y.shape == [8, 3, 3]\n}\n',
    }
    const { actions } = actionsAt(sources, ['quickfix'])
    expect(actions.map(({ title }) => title)).toEqual(['Set input image to 3×7×7 → 8×1×1'])
  })
})

describe('refactorings', () => {
  const text = BROKEN.replace('image -> conv(8, $07)', 'image -> maxpool(2, padding=$02) -> relu')
  const kinds = (only?: readonly string[]) => [
    ...new Set(actionsAt(text, only).actions.map(({ kind }) => kind)),
  ]

  it('come after the quick fixes, of the kinds that are asked for', () => {
    const [first, ...others] = kinds()
    expect(first).toBe('quickfix')
    expect(others).toEqual(['refactor.extract.constant', 'refactor.extract.name'])
    expect(kinds(['refactor'])).toEqual(['refactor.extract.constant', 'refactor.extract.name'])
    expect(kinds(['refactor.extract.constant'])).toEqual(['refactor.extract.constant'])
    expect(kinds(['refactor.inline'])).toEqual([])
  })

  it('suit the text as it is while another size is tried', () => {
    const { view, host, offset } = marked(`network N {
  input image: [3, 7, 7]
  output y = image -> maxpool(2, padding=sa$0me)
}
`)
    const analysis = analyze('test.cnn', host, { inputsOf: { N: { image: '3x8x8' } } })
    const at = view.lines('test.cnn').position(offset)
    const request = { range: { start: at, end: at }, only: ['refactor.rewrite'] }
    const actions = [...codeActions({ ...view, analysis }, host, request)]
    expect(actions.map(({ title }) => title)).toContain('Write padding=same as padding=[0, 1, 0, 1]')
  })
})

describe(FIX_ALL, () => {
  const MISSPELT = `network N {
  input image: [3, 9, 9]
  unused = image -> relu
  output y = imag$0e -> conv(8, 3) -> rellu -> flatten -> dropout(0) -> linar(10)
}
`
  it('applies the preferred fixes, one after the other where one uncovers the next', () => {
    const { actions, apply } = actionsAt(MISSPELT, [FIX_ALL])
    expect(actions.map(({ kind }) => kind)).toEqual([FIX_ALL])
    expect(apply(actions[0])).toEqual({
      'test.cnn': `network N {
  input image: [3, 9, 9]
  output y = image -> conv(8, 3) -> relu -> flatten -> linear(10)
}
`,
    })
  })

  it('makes no choice', () => {
    expect(actionsAt(BROKEN, [FIX_ALL]).actions).toEqual([])
  })

  it('is not offered unasked, nor where nothing can be fixed', () => {
    expect(actionsAt(BROKEN).actions.some(({ kind }) => kind === FIX_ALL)).toBe(false)
    expect(actionsAt('network N {\n  input image: $0[3, 4, 4]\n}\n', [FIX_ALL]).actions).toEqual([])
  })

  it('leaves expectations and information alone', () => {
    const { actions } = actionsAt(
      `network N {
  input image: [3, 5, 5]
  output y = image$0 -> maxpool(2)
  expect params == 24
}
`,
      ['source.fixAll'],
    )
    expect(actions).toEqual([])
  })

  it('gets its edit when it is chosen from the menu of source actions', () => {
    const { actions, apply, view, host } = actionsAt(MISSPELT, ['source'])
    const [action] = actions
    expect(actions.map(({ kind, edit }) => [kind, edit])).toEqual([[FIX_ALL, undefined]])
    const resolved = resolveCodeAction(view, host, action as CodeAction)
    expect(apply(resolved)['test.cnn']).toContain('flatten -> linear(10)')
  })
})
