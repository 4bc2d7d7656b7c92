import { describe, it } from 'vitest'
import { checkFixes } from '../helpers/fixes'

describe('texts as in another language', () => {
  it('get the count of a repetition first', () => {
    checkFixes(
      'layer-times-number',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv(3, 3, padding=1) * 3 -> relu
      }
      `,
      {
        'Write 3 * conv(3, 3, padding=1)': 'output y = image -> 3 * conv(3, 3, padding=1) -> relu',
      },
    )
  })

  it('get a layer for a sum of tensors, a whole one at once', () => {
    checkFixes(
      'tensor-arithmetic',
      `
      network N {
        input image: [3, 8, 8]
        a = image -> relu
        output y = a + image + a -> relu
      }
      `,
      {
        'Write add(…)': 'output y = add(a, image, a) -> relu',
      },
    )
  })

  it('get a layer for a difference', () => {
    checkFixes(
      'tensor-arithmetic',
      `
      network N {
        input image: [3, 8, 8]
        a = image -> relu
        output y = a - image
      }
      `,
      {
        'Write sub(a, image)': 'output y = sub(a, image)',
      },
    )
  })

  it('lose words that mean nothing here', () => {
    checkFixes(
      'foreign-syntax',
      `
      network N {
        let a = 3
        input image: [3, 8, 8]
        output y = image -> conv(a, 1)
      }
      `,
      {
        'Remove `let`': 'a = 3',
      },
    )
  })

  it('get our words for those of others', () => {
    checkFixes(
      'foreign-syntax',
      `
      network N(a=2) {
        input image: [3, 8, 8]
        if a > 3 { b = 2 } elif a > 2 { b = 3 } else { b = 4 }
        output y = image -> conv(b, 1)
      }
      `,
      {
        'Write `else if`': 'if a > 3 { b = 2 } else if a > 2 { b = 3 } else { b = 4 }',
      },
    )
  })

  it('get an output for a return in a network', () => {
    checkFixes(
      'misplaced-statement',
      `
      network N {
        input image: [3, 8, 8]
        return image -> relu
      }
      `,
      {
        'Make it an output': 'output y = image -> relu',
      },
    )
  })

  it('get a return for an output in a block', () => {
    checkFixes(
      'misplaced-statement',
      `
      block f(x: tensor) {
        output y = x -> relu
      }
      network N {
        input image: [3, 8, 8]
        output y = image -> f
      }
      `,
      {
        'Return it': 'return x -> relu',
      },
    )
  })

  it('return what a block has bound last', () => {
    checkFixes(
      'missing-return',
      `
      block f(x: tensor) {
        y = x -> relu
      }
      network N {
        input image: [3, 8, 8]
        output y = image -> f
      }
      `,
      {
        'Return y': 'return y',
      },
    )
  })

  it('get the brackets of lists, all of a statement at once', () => {
    checkFixes(
      'foreign-syntax',
      `
      network N {
        input image: (3, 224, 224)
        output y = image -> conv(64, 7)
      }
      `,
      { 'Write square brackets': 'input image: [3, 224, 224]' },
    )
    checkFixes(
      'foreign-syntax',
      `
      network N {
        input image: [3, 224, 224]
        output y = image -> conv(64, kernel=(3, 3), padding=(1, 1))
      }
      `,
      { 'Write square brackets': 'output y = image -> conv(64, kernel=[3, 3], padding=[1, 1])' },
    )
  })

  it('lose the second of two values', () => {
    checkFixes(
      'option-given-twice',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> conv(4, 3, kernel=5)
      }
      `,
      {
        'Remove kernel=5': 'output y = image -> conv(4, 3)',
      },
    )
  })

  it('lose an argument that no option takes', () => {
    checkFixes(
      'too-many-options',
      `
      network N {
        input image: [3, 8, 8]
        output y = image -> relu(3) -> conv(4, 3)
      }
      `,
      {
        'Remove 3': 'output y = image -> relu -> conv(4, 3)',
      },
    )
  })
})
