import { expect, it } from 'vitest'
import { analyze } from '../../server/src/check/analyze'
import { findings } from '../../server/src/lint/findings'
import { checkFindings, onlyRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'
import { analyzed } from '../helpers/problems'

const CODE = 'unused-silence'

it('finds comments that silence nothing', () => {
  checkFindings(`
    # cnnlint-disable even-kernel-half-grows -- the paper says so
    #                 ^^^^^^^^^^^^^^^^^^^^^^ warning[unused-silence]: The rule finds nothing in this file
    network N {
      input image: [3, 33, 33]
      # cnnlint-disable-next-line stride-drops-pixels, unused-name
      #                                                ^^^^^^^^^^^ warning[unused-silence]: on the line below
      y = image -> maxpool(2)
      # cnnlint-disable-next-line -- anything
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unused-silence]: This comment silences nothing
      output z = y -> relu
    }
  `)
})

it('finds codes that no rule has', () => {
  checkFindings(`
    network N {
      input image: [3, 33, 33]
      # cnnlint-disable-next-line stride-drops-pixel
      #                           ^^^^^^^^^^^^^^^^^^ warning[unused-silence]: Did you mean \`stride-drops-pixels\` or
      output y = image -> maxpool(2)
      #                   ^^^^^^^ info[stride-drops-pixels]
      # cnnlint-disable-next-line window-exceeds-input
      #                           ^^^^^^^^^^^^^^^^^^^^ warning[unused-silence]: errors can’t
      output z = image -> relu
    }
  `)
})

it('can be silenced by its own code alone', () => {
  checkFindings(`
    # cnnlint-disable
    #<^^^^^^^^^^^^^^^ warning[unused-silence]
    network N {
      input image: [3, 32, 32]
      output y = image -> relu
    }
  `)
  checkFindings(`
    # cnnlint-disable unused-silence
    network N {
      input image: [3, 32, 32]
      # cnnlint-disable-next-line stride-drops-pixels
      output y = image -> relu
    }
  `)
})

const BLOCK = `
  # cnnlint-disable even-kernel-half-grows
  block down(x: tensor) {
    # cnnlint-disable-next-line stride-drops-pixels
    return x -> maxpool(2)
  }
`

it('leaves comments alone that may serve other files', () => {
  checkFindings(BLOCK)
  const network = 'network N {\n  input image: [3, 32, 32]\n  output y = image -> down\n}\n'
  const { analysis, host } = analyzed({
    'test.cnn': `${BLOCK}\n${network.replaceAll('\n', '\n  ')}`,
    'other.cnn': `from "./test.cnn" import down\n${network.replace('32, 32', '33, 33')}`,
  })
  const codes = (importers: readonly string[]) =>
    findings(analysis, { importers: importers.map((name) => analyze(name, host)) }).map(({ code }) => code)
  expect(codes([])).toEqual([CODE, CODE])
  expect(codes(['other.cnn'])).toEqual([])
})

it('says nothing of rules that do not run', () => {
  const { analysis } = analyzed('# cnnlint-disable stride-drops-pixels\n')
  expect(findings(analysis, { settings: onlyRule(CODE) })).toEqual([])
})

it('offers the code that was meant, or takes the comment or the code away', () => {
  const network = (codes: string) =>
    `network N {\n  input image: [3, 33, 33]\n  # cnnlint-disable-next-line ${codes}\n  output y = image -> maxpool(2)\n}\n`
  checkFixes(CODE, network('stride-drops-pixel'), {
    'Write stride-drops-pixels': '# cnnlint-disable-next-line stride-drops-pixels',
    'Write stride-skips-pixels': '# cnnlint-disable-next-line stride-skips-pixels',
    'Remove stride-drops-pixel': '',
  })
  checkFixes(CODE, network('wrong, stride-drops-pixels'), {
    'Remove wrong': '# cnnlint-disable-next-line stride-drops-pixels',
  })
  checkFixes(
    CODE,
    `network N {\n  input image: [3, 33, 33]\n  output y = image -> relu # cnnlint-disable wrong\n}\n`,
    {
      'Remove wrong': 'output y = image -> relu',
    },
  )
})

it('says nothing where an error hides what rules may find', () => {
  checkFindings(`
    network N {
      input image: [3, 4, 4]
      # cnnlint-disable-next-line kernel-covers-map
      output y = image -> conv(8, 7)
      #                           ^ error[window-exceeds-input]
    }
  `)
})
