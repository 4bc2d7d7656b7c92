import { expect, test } from 'vitest'
import { type SignatureSupport, signatureHelp } from '../../server/src/features/signature-help'
import { marked, type Sources } from './view'

/** The signature at the mark with the marked parameter in angle brackets. */
function signature(sources: Sources, support: Partial<SignatureSupport> = {}): string | undefined {
  const { view, offset } = marked(sources)
  const help = signatureHelp(view, offset, { labelOffsets: true, noActiveParameter: true, ...support })
  if (help === undefined) return undefined
  const { label, parameters = [] } = help.signatures[help.activeSignature ?? 0] ?? { label: '' }
  const range = help.activeParameter == null ? undefined : parameters[help.activeParameter]?.label
  if (!Array.isArray(range)) return label
  return `${label.slice(0, range[0])}‹${label.slice(...range)}›${label.slice(range[1])}`
}

const inNetwork = (statement: string) => `
  ## A unit.
  block unit(x: tensor, width, act: layer = relu) { return x -> conv(width, 1) -> act }
  network Part(k=2) {
    input left: [3, 8, 8]
    input right: [3, 8, 8]
    output sum = add(left, right)
  }
  network N {
    input image: [3, 8, 8]
    a = image -> relu
    ${statement}
  }
`

const active = (statement: string) => /‹(.*)›/.exec(signature(inNetwork(statement)) ?? '')?.[1]

test('a layer with its tensor and its options, the one whose turn it is marked', () => {
  expect(signature(inNetwork('y = a -> maxpool(2, $0'))).toBe(
    'maxpool(x: tensor, kernel, ‹stride=kernel›, padding=0, ceil=false, dilation=1)',
  )
})

test('options by place and by name, as the language binds them', () => {
  expect(active('y = a -> conv($0')).toBe('channels')
  expect(active('y = a -> conv(64$0')).toBe('channels')
  expect(active('y = a -> conv(64, $0)')).toBe('kernel')
  expect(active('y = a -> conv(64, 3, padding=$0')).toBe('padding=0')
  expect(active('y = a -> conv(64, 3, padding=1$0)')).toBe('padding=0')
  expect(active('y = a -> conv(64, padding=1, $0')).toBe('kernel')
  expect(active('y = a -> conv(kernel=3, $0')).toBe('channels')
  expect(active('y = a -> conv(64, 3, $0, padding=2)')).toBeUndefined()
  expect(active('y = a -> maxpool(3, $0, padding=1)')).toBe('stride=kernel')
  expect(active('y = a -> batchnorm($0')).toBeUndefined()
})

test('tensors are matched apart from options', () => {
  expect(active('y = conv(a, $0')).toBe('channels')
  expect(active('y = conv(64, a$0')).toBe('x: tensor')
  expect(active('y = add(a, $0')).toBe('xs: tensors')
  expect(active('y = a -> matmul($0')).toBe('b: tensor')
  expect(active('y = matmul($0')).toBe('a: tensor')
  expect(active('y = a -> relu($0')).toBeUndefined()
})

test('lists and parentheses inside an argument belong to it', () => {
  expect(active('y = a -> conv(64, [3, $0')).toBe('kernel')
  expect(active('y = a -> conv(64, (1 + $0')).toBe('kernel')
  expect(active('y = add(a, a -> conv($0')).toBe('channels')
  expect(active('y = add(a -> conv(64, 3), $0')).toBe('xs: tensors')
})

test('blocks and networks as they are declared', () => {
  expect(signature(inNetwork('y = a -> unit($0'))).toBe('unit(x: tensor, ‹width›, act: layer = relu)')
  expect(signature(inNetwork('y = a -> unit(8, $0'))).toBe('unit(x: tensor, width, ‹act: layer = relu›)')
  expect(signature(inNetwork('y = Part(a, $0'))).toBe('Part(left: tensor, ‹right: tensor›, k=2)')
})

test('what an earlier call has given is not asked for again', () => {
  expect(signature(inNetwork('pool = maxpool(stride=1)\n    y = a -> pool($0'))).toBe(
    'maxpool(x: tensor, ‹kernel›, padding=0, ceil=false, dilation=1)',
  )
})

test('a function in each of its ways', () => {
  expect(signature(inNetwork('for i in range($0'))).toBe('range(‹stop›)')
  expect(signature(inNetwork('for i in range(1, $0'))).toBe('range(start, ‹stop›)')
  expect(signature(inNetwork('for i in range(1, 9, $0'))).toBe('range(start, stop, ‹step›)')
  expect(signature(inNetwork('y = max(1, 2, 3, $0'))).toBe('max(a, b, ‹…›)')
  // As a stage the name is the layer.
  expect(signature(inNetwork('y = a -> max($0'))).toBe('max(x: tensor, ‹axis=none›, keep=false)')
})

test('a parameter shows what it takes', () => {
  const { view, offset } = marked(inNetwork('y = a -> conv(64, $0'))
  const help = signatureHelp(view, offset, { labelOffsets: false, noActiveParameter: false })
  const parameter = help?.signatures[0]?.parameters?.[help.activeParameter ?? -1]
  expect(parameter?.label).toBe('kernel')
  expect(parameter?.documentation).toEqual({
    kind: 'markdown',
    value: 'The window: how many positions along each axis.\n\nTakes an integer, or one per spatial axis.',
  })
  expect(help?.signatures[0]?.documentation).toMatchObject({
    value: expect.stringContaining('Slides a window'),
  })
})

test('a client that must mark something is sent a place behind the last parameter', () => {
  const { view, offset } = marked(inNetwork('y = a -> relu($0'))
  expect(signatureHelp(view, offset, { labelOffsets: true, noActiveParameter: false })?.activeParameter).toBe(
    1,
  )
  expect(
    signatureHelp(view, offset, { labelOffsets: true, noActiveParameter: true })?.activeParameter,
  ).toBeNull()
})

test('nothing outside of calls, in comments and in strings', () => {
  for (const statement of [
    'y = a$0',
    'y = a -> conv(64, 3)$0',
    'y = (a$0',
    'y = a -> conv(64 # $0',
    'y = nobody($0',
    '$0',
  ]) {
    expect([statement, signature(inNetwork(statement))]).toEqual([statement, undefined])
  }
  expect(signature('block b($0')).toBeUndefined()
})
