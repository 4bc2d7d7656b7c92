import { expect, test } from 'vitest'
import { CODES, pagePath } from '../../server/src/lint/codes'
import { findings } from '../../server/src/lint/findings'
import { dedent } from '../helpers/annotations'
import { analyzed } from '../helpers/problems'

test('the problems of a file are those of its text, of the analysis and of the rules, by place', () => {
  const { analysis } = analyzed(`
    network N {
      input image: [3, 32, 32]
      a = image -> conv(16, 1, stride=2) -> relu
      b = image -> convv(8, 3)
      c = image -> conv(8, 40)
      output y = a -> conv(8, 3 -> relu
    }
  `)
  const listed = findings(analysis).map(({ code, range }) => [
    analysis.file.text.slice(range.start, range.end),
    CODES.get(code)?.category,
    pagePath(code),
  ])
  expect(listed).toEqual([
    ['2', 'Padding and sampling', 'docs/rules/stride-skips-pixels.md'],
    ['convv', 'Mistakes', 'docs/diagnostics/unknown-layer.md'],
    ['40', 'Constraints of layers', 'docs/diagnostics/window-exceeds-input.md'],
    ['(', 'Faults of the text', 'docs/diagnostics/unclosed-bracket.md'],
  ])
})

test('a long call that led to a problem is shortened, whoever finds the problem', () => {
  const call = (layer: string) =>
    dedent(`
      block stem(x: tensor, width, first_activation, second_activation) {
        return x -> ${layer} -> relu
      }
      network N {
        input image: [3, 32, 32]
        output y = image -> stem(width=16, first_activation=relu,
          second_activation=relu)
      }
    `)
  const related = (layer: string) =>
    findings(analyzed(call(layer)).analysis).map(({ code, related }) => [code, related[0]?.message])
  const shown = 'in N, line 6: stem(width=16, first_activation=relu, second_activation=rel…'
  expect(related('conv(width, 40)')).toContainEqual(['window-exceeds-input', shown])
  expect(related('conv(width, 1, stride=2)')).toContainEqual(['stride-skips-pixels', shown])
})

test('what follows from an input that means something else is left out with its cause', () => {
  const found = (input: string, comment = '') =>
    findings(
      analyzed(`
        network N {
          ${comment}
          input image: ${input}
          x = image -> conv(64, 7, stride=2, padding=3) -> relu -> maxpool(3, stride=2, padding=1) -> conv(64, 3, padding=1) -> relu
          output y = x -> global_avgpool -> flatten -> linear(10) -> relu -> relu
        }
        network Other {
          input image: [3, 32, 32]
          output y = image -> conv(16, 1, stride=2)
        }
      `).analysis,
    ).map(({ code }) => code)
  const own = ['repeated-activation', 'stride-skips-pixels']
  expect(found('224x224x3')).toEqual(['channels-last-input', ...own])
  expect(found('8x3x64x64')).toEqual(['batch-in-input', ...own])
  expect(found('28x28')).toEqual(['image-without-channels', ...own])
  // Who says that the sizes are meant is told what follows from them.
  const meant = found('224x224x3', '# cnnlint-disable-next-line channels-last-input -- a field of sensors')
  expect(meant).toContain('kernel-covers-map')
  expect(meant).not.toContain('channels-last-input')
})
