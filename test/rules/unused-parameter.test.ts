import { it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const CODE = 'unused-parameter'

it('finds options and tensors that the body never reads', () => {
  checkRule(
    CODE,
    `
    block unit(x: tensor, skip: tensor, width, stride=1, act: layer = relu) {
      #                   ^^^^ warning[unused-parameter]
      #                                        ^^^^^^ warning[unused-parameter]: The parameter \`stride\` is never used
      return x -> conv(width, 1) -> act
    }
    network N(classes=10) {
      #       ^^^^^^^ warning[unused-parameter]: The parameter \`classes\` is never used
      input image: [3, 8, 8]
      output y = image -> unit(image, 8)
    }
    `,
  )
})

it('finds none that another default, an expectation or a comprehension reads', () => {
  checkRule(
    CODE,
    `
    block unit(x: tensor, width, inner=width, goal=1, n=2, _groups=1) {
      expect x.channels >= goal
      return concat([x -> conv(inner, 1) for i in range(n)])
    }
    `,
  )
})

it('offers to remove the last option, unless a call gives it', () => {
  const source = (call: string) => `
    block unit(x: tensor, width, groups=1) { return x -> conv(width, 1) }
    network N {
      input image: [4, 8, 8]
      output y = image -> ${call}
    }
  `
  checkFixes(CODE, source('unit(8)'), {
    'Remove the parameter groups': 'block unit(x: tensor, width) { return x -> conv(width, 1) }',
    'Name it _groups': 'block unit(x: tensor, width, _groups=1) { return x -> conv(width, 1) }',
  })
  checkFixes(CODE, source('unit(8, 2)'), {
    'Name it _groups': 'block unit(x: tensor, width, _groups=1) { return x -> conv(width, 1) }',
  })
  checkFixes(CODE, source('unit(8, groups=2)'), {})
})
