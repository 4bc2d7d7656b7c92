import { describe, it } from 'vitest'
import { checkRefactoring } from '../../helpers/refactoring'
import type { Sources } from '../view'

const check = (sources: Sources, expected: Readonly<Record<string, string>>) =>
  checkRefactoring('rewrite-padding', sources, expected)

/** A flow in a network, and what it becomes under a title. */
const checkFlow = (before: string, expected: Readonly<Record<string, string>>) =>
  check(
    `network N {\n  input image: [8, 32, 31]\n  output y = ${before}\n}\n`,
    Object.fromEntries(Object.entries(expected).map(([title, flow]) => [title, `output y = ${flow}`])),
  )

describe('rewrite-padding', () => {
  it('writes a name in numbers', () => {
    checkFlow('image -> conv(8, 3, padding=ha$0lf)', {
      'Write padding=half as padding=1': 'image -> conv(8, 3, padding=1)',
    })
    checkFlow('image -> con$0v(8, [3, 5], padding=half)', {
      'Write padding=half as padding=[1, 2]': 'image -> conv(8, [3, 5], padding=[1, 2])',
    })
    checkFlow('image -> maxpool(3, stride=2, padding=sa$0me)', {
      'Write padding=same as padding=[0, 1, 1, 1]': 'image -> maxpool(3, stride=2, padding=[0, 1, 1, 1])',
    })
  })

  it('writes numbers as each name that means the same', () => {
    checkFlow('image -> conv(8, 3, padding=«1»)', {
      'Write padding=1 as padding=half': 'image -> conv(8, 3, padding=half)',
      'Write padding=1 as padding=same': 'image -> conv(8, 3, padding=same)',
    })
    checkFlow('image -> conv(8, 3, padding=2$0)', {
      'Write padding=2 as padding=full': 'image -> conv(8, 3, padding=full)',
    })
    checkFlow('image -> conv(8, 3, stride=2, padding=0$0)', {
      'Write padding=0 as padding=valid': 'image -> conv(8, 3, stride=2, padding=valid)',
    })
  })

  it('is not offered where no name fits, nothing is written, or the value comes from elsewhere', () => {
    checkFlow('image -> conv(8, 5, padding=1$0)', {})
    checkFlow('image -> conv$0(8, 3)', {})
    checkFlow('image -> conv(8$0, 3, padding=1)', {})
    check(
      'block f(x: tensor, p) { return x -> conv(8, 3, padding=p$0) }\nnetwork N {\n  input image: [8, 32, 31]\n  output y = image -> f(1)\n}\n',
      {},
    )
  })

  it('is not offered where the applications differ', () => {
    check(
      'block f(x: tensor) { return x -> maxpool(3, stride=2, padding=sa$0me) }\nnetwork N {\n  input image: [8, 32, 31]\n  output y = image -> f -> f\n}\n',
      {},
    )
  })
})
