import { describe, it } from 'vitest'
import { checkRefactoring, type Sources } from '../../helpers/refactoring'

const check = (sources: Sources, expected: Readonly<Record<string, string>>) =>
  checkRefactoring('factorise-kernel', sources, expected)

/** A flow in a network, and what it becomes under a title. */
const checkFlow = (before: string, expected: Readonly<Record<string, string>>) =>
  check(
    `network N {\n  input image: [64, 32, 32]\n  output y = ${before}\n}\n`,
    Object.fromEntries(Object.entries(expected).map(([title, flow]) => [title, `output y = ${flow}`])),
  )

describe('factorise-kernel', () => {
  it('offers each way with what it saves; what follows the convolution stands between', () => {
    checkFlow('image -> co$0nv(64, 5, padding=2, bias=false) -> batchnorm -> relu', {
      'Factorise into two 3×3 (saves 28 % of 102,400 parameters)':
        'image -> conv(64, 3, padding=1, bias=false) -> batchnorm -> relu -> conv(64, 3, padding=1, bias=false)\n    -> batchnorm -> relu',
    })
  })
})
