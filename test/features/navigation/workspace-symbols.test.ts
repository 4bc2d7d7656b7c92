import { expect, test } from 'vitest'
import { workspaceSymbols } from '../../../server/src/features/navigation/workspace-symbols'
import { workspaceOf } from './workspace'

const WORKSPACE = workspaceOf({
  'a/blocks.cnn': 'from "../nets.cnn" import ResNet50\nWIDTH = 8\nblock bottleneck(x: tensor) { return x }\n',
  'nets.cnn': 'network ResNet50 {\n}\nnetwork VeryDeepNet {\n}\nnetwork {\n}\n',
  'my%20nets.cnn': 'block net(x: tensor) { return x }\n',
})

test.each([
  ['net', ['net', 'ResNet50', 'VeryDeepNet']],
  ['rn50', ['ResNet50']],
  ['VDN', ['VeryDeepNet']],
  ['neck', ['bottleneck']],
  ['two', []],
  ['', ['ResNet50', 'VeryDeepNet', 'WIDTH', 'bottleneck', 'net']],
])('%j finds the names with these letters, the best first', (query, names) => {
  expect(workspaceSymbols(WORKSPACE, query).map(({ name }) => name)).toEqual(names)
})

test('a symbol shows its kind, its file and the place of its name', () => {
  const [symbol] = workspaceSymbols(WORKSPACE, 'bottleneck')
  expect(symbol).toEqual({
    name: 'bottleneck',
    kind: 12,
    containerName: 'blocks.cnn',
    location: {
      uri: 'a/blocks.cnn',
      range: { start: { line: 2, character: 6 }, end: { line: 2, character: 16 } },
    },
  })
  expect(workspaceSymbols(WORKSPACE, 'width')[0]?.kind).toBe(14)
  expect(workspaceSymbols(WORKSPACE, 'ResNet50')[0]?.kind).toBe(5)
  expect(workspaceSymbols(WORKSPACE, 'net')[0]?.containerName).toBe('my nets.cnn')
})
