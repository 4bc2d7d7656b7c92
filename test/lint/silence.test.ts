import { describe, expect, it } from 'vitest'
import { findings } from '../../server/src/lint/findings'
import { RULES } from '../../server/src/rules/index'
import { checkFindings } from '../helpers/findings'
import { analyzed } from '../helpers/problems'

describe('a comment silences', () => {
  it('a rule on the next line', () => {
    checkFindings(`
      network N {
        input image: [3, 33, 33]
        # cnnlint-disable-next-line stride-drops-pixels
        a = image -> maxpool(2)
        b = image -> maxpool(2)
        #            ^^^^^^^ info[stride-drops-pixels]
        output y = add(a, b)
      }
    `)
  })

  it('one of several rules, with other comments between', () => {
    checkFindings(`
      network N {
        input image: [3, 8, 9]
        # cnnlint-disable-next-line stride-drops-pixels, even-kernel-half-grows
        # The paper does so.
        a = image -> maxpool(2) -> conv(8, 2, padding=half)
        # cnnlint-disable-next-line even-kernel-half-grows
        #                           ^^^^^^^^^^^^^^^^^^^^^^ warning[unused-silence]
        b = image -> maxpool(2)
        #            ^^^^^^^ info[stride-drops-pixels]
        output y = a
        output z = b
      }
    `)
  })

  it('a rule in the whole file', () => {
    checkFindings(`
      network N {
        input image: [3, 33, 33]
        output y = image -> maxpool(2) -> maxpool(3)
      }
      # cnnlint-disable stride-drops-pixels
    `)
  })

  it('a rule for a reason that it gives', () => {
    checkFindings(`
      network N {
        input image: [3, 33, 33]
        # cnnlint-disable-next-line stride-drops-pixels -- the paper, section 3
        output y = image -> maxpool(2)
      }
    `)
  })

  it('all rules when it names none', () => {
    checkFindings(`
      network N {
        input image: [3, 33, 33]
        # cnnlint-disable-next-line
        output y = image -> maxpool(2) -> conv(8, 2, padding=half)
      }
    `)
  })

  it('a rule in the file of a block that is imported', () => {
    checkFindings({
      'test.cnn': `
        from "./blocks.cnn" import down
        network N {
          input image: [3, 33, 33]
          output y = image -> down
        }
      `,
      'blocks.cnn': `
        # cnnlint-disable stride-drops-pixels
        block down(x: tensor) { return x -> maxpool(2) }
      `,
    })
  })

  it('no error', () => {
    checkFindings(`
      # cnnlint-disable window-exceeds-input
      #                 ^^^^^^^^^^^^^^^^^^^^ warning[unused-silence]
      network N {
        input image: [3, 4, 4]
        # cnnlint-disable-next-line window-exceeds-input
        #                           ^^^^^^^^^^^^^^^^^^^^ warning[unused-silence]
        output y = image -> conv(8, 7)
        #                           ^ error[window-exceeds-input]
      }
    `)
  })

  it('nothing from within a word', () => {
    checkFindings(`
      network N {
        input image: [3, 33, 33]
        # See cnnlint-disable-next-line stride-drops-pixels.
        output y = image -> maxpool(2)
        #                   ^^^^^^^ info[stride-drops-pixels]
      }
    `)
  })
})

it('a rule that crashes is logged and skipped', () => {
  const { analysis } = analyzed(
    'network N {\n  input image: [3, 33, 33]\n  output y = image -> maxpool(2)\n}\n',
  )
  const [first] = RULES
  if (first === undefined) throw new Error('There are no rules.')
  const crashes: string[] = []
  const broken = { ...analysis, networks: null as never }
  const found = findings(broken, {
    onCrash: (rule, error) => crashes.push(`${rule.code}: ${error instanceof TypeError}`),
  })
  const running = RULES.filter(({ severity }) => severity !== 'off')
  expect(found).toEqual([])
  expect(crashes.sort()).toEqual(running.map(({ code }) => `${code}: true`))
})
