import { describe, expect, it } from 'vitest'
import { findings } from '../../server/src/lint/findings'
import { surveyOf } from '../../server/src/rules/frame/survey'
import { analyseFields } from '../../server/src/rules/read/unproductive'
import { checkRule, onlyRule } from '../helpers/findings'
import { analyzed } from '../helpers/problems'
import { textOf } from '../zoo/examples'

const CODE = 'unproductive-layer'

/** ResNet-50 for images of this size, from the blocks of the zoo, in one file. */
function resnet50(size: number) {
  const text = textOf('classification/resnet.cnn')
  const blocks = text.slice(0, text.indexOf('## The 18-layer'))
  const network = `network ResNet50 {
  input image: 3x${size}x${size}
  conv1, conv2, conv3, conv4, conv5 = image -> stages([3, 4, 6, 3], bottleneck)
  output logits = conv5 -> classifier(1000)
}
`
  const { analysis } = analyzed(blocks + network)
  const [survey] = surveyOf(analysis).networks
  if (survey === undefined) throw new Error('There is no network.')
  const source = analysis.files.get(analysis.uri)?.text ?? ''
  const [problem, ...others] = findings(analysis, { settings: onlyRule(CODE) })
  const shown = ({ start, end }: { start: number; end: number }) => source.slice(start, end).split('\n')
  return { fields: analyseFields(survey), problem, others, shown }
}

describe('ResNet-50', () => {
  it('at 32×32 has unproductive layers from conv3 on', () => {
    const { fields, problem, others, shown } = resnet50(32)
    const { growing, unproductive, border } = fields
    expect(growing).toHaveLength(17)
    // conv1 and conv2 see 7, 11, 19, 27 and 35 pixels (Araujo et al. 2019 for the recurrence).
    expect(unproductive.map(({ before }) => before)).toEqual([
      35, 43, 59, 75, 91, 107, 139, 171, 203, 235, 267, 299, 363,
    ])
    expect(unproductive.map(({ node }) => node.outputs[0]?.shape[0])).toEqual([
      128, 128, 128, 128, 256, 256, 256, 256, 256, 256, 512, 512, 512,
    ])
    expect(border?.outputs[0]?.shape).toEqual([64, 8, 8])
    expect(others).toEqual([])
    expect(problem?.message).toMatch(
      /^13 of 17 convolutions see nothing new .* before the first is 35 pixels/,
    )
    expect(problem?.message).toMatch(/with an input of 35 the first is productive, with 363 all are\.$/)
    expect(problem && shown(problem.range).map((line) => line.trim())).toEqual([
      'unit(128, stride=2, norm=norm) -> (repeats[1] - 1) * unit(128, norm=norm)',
      'conv4 = conv3 -> unit(256, stride=2, norm=norm) -> (repeats[2] - 1) * unit(256, norm=norm)',
    ])
    expect(problem?.unnecessary).toBe(true)
    const related = problem?.related.map(({ range, message }) => [shown(range).join(' '), message])
    expect(related?.slice(0, 2)).toEqual([
      [
        'repeats[0] * unit(64, norm=norm)',
        'the border: here the receptive field comes to exceed the input’s height of 32',
      ],
      [
        'unit(512, stride=2, norm=norm) -> (repeats[3] - 1) * unit(512, norm=norm)',
        'what stands here sees nothing new either',
      ],
    ])
  })

  it('at 224×224 has four, the last of conv4 and those of conv5', () => {
    const { fields, problem, shown } = resnet50(224)
    expect(fields.unproductive.map(({ before }) => before)).toEqual([235, 267, 299, 363])
    expect(problem?.message).toMatch(
      /^4 of 17 convolutions see nothing new .* before the first is 235 pixels/,
    )
    expect(problem && shown(problem.range)).toEqual([
      'unit(512, stride=2, norm=norm) -> (repeats[3] - 1) * unit(512, norm=norm)',
    ])
  })

  it('at 363×363 has none', () => {
    expect(resnet50(363).problem).toBeUndefined()
  })
})

describe('unproductive layers', () => {
  it('are found as one text, from the first to the last', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: [3, 16, 16]
        x = image -> conv(8, 5, padding=2) -> relu -> maxpool(2) -> conv(8, 5, padding=2) -> relu -> maxpool(2)
        y = x -> conv(8, 3, padding=1) -> relu -> conv(8, 1) -> conv(8, 3, padding=1) -> maxpool(2)
        #                                                       ^^^^^^^^^^^^^^^^^^^^^ info[unproductive-layer]: 1 of 4 convolutions sees nothing new of the image: the receptive field before it is 24 pixels, the input’s height 16
        output z = y -> flatten -> linear(10)
      }
    `,
    )
  })

  it('are reported in a block that productive layers share', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: [3, 16, 16]
        output y = image -> 9 * conv(8, 3, padding=1) -> global_avgpool -> flatten
        #                       ^^^^^^^^^^^^^^^^^^^^^ info[unproductive-layer]: 1 of 9
      }
    `,
    )
  })

  it('are found at the call where the block is imported', () => {
    checkRule(CODE, {
      'test.cnn': `
        from "./blocks.cnn" import deep
        network N {
          input image: [3, 8, 8]
          output y = image -> conv(8, 9, padding=4) -> deep -> global_avgpool -> flatten
          #                                            ^^^^ info[unproductive-layer]: 2 of 3
        }
      `,
      'blocks.cnn': `
        block deep(x: tensor) { return x -> 2 * conv(8, 3, padding=1) }
      `,
    })
  })

  it('are counted per axis: a kernel of one along an axis sees nothing along it', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: [3, 8, 64]
        x = image -> conv(8, [9, 3], padding=half)
        a = x -> conv(8, [3, 1], padding=half) -> global_avgpool -> flatten
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info[unproductive-layer]: 1 of 4 convolutions sees nothing new
        b = x -> conv(8, [1, 3], padding=half) -> conv(8, 3, padding=1) -> global_avgpool -> flatten
        output y = concat(a, b)
      }
    `,
    )
  })

  it('are none where one of the concatenated paths has seen little', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: [3, 8, 8]
        x = concat(image -> conv(8, 9, padding=4), image -> conv(8, 1))
        output y = x -> conv(8, 3, padding=1) -> global_avgpool -> flatten
      }
    `,
    )
  })

  it('are fewer where shortcuts count as paths', () => {
    const network = `
      network N {
        input image: [8, 8, 8]
        x = add(image, image -> conv(8, 9, padding=4))
        output y = x -> conv(8, 3, padding=1) -> global_avgpool -> flatten
        #               ^^^^^^^^^^^^^^^^^^^^^ info[unproductive-layer]
      }
    `
    checkRule(CODE, network)
    checkRule(CODE, network.replace(/#.*/, ''), { shortcuts: true })
  })

  it('are none in dense prediction, detection, and networks for images as large as they see', () => {
    checkRule(
      CODE,
      `
      network Dense {
        input image: [3, 8, 8]
        output y = image -> 9 * conv(8, 3, padding=1)
      }
      network Classifier {
        input image: [3, 9, 9]
        output y = image -> 5 * conv(8, 3, padding=1) -> global_avgpool -> flatten
      }
    `,
    )
  })

  it('are told of what the input is', () => {
    const deep = (kernel: string, padding: string) =>
      `conv(8, ${kernel}, padding=${padding}) -> relu -> conv(8, 3, padding=1) -> global_avgpool -> flatten`
    checkRule(
      CODE,
      `
      network Signal {
        input wave: [1, 64]
        output y = wave -> ${deep('65', '32')}
        #                                                     ^^^^^^^^^^^^^^^^^^^^^ info[unproductive-layer]: nothing new of the signal: the receptive field before it is 65 positions, the input’s length 64. Values that see the whole signal find
      }
      network Volume {
        input scan: [1, 8, 8, 8]
        output y = scan -> ${deep('9', '4')}
        #                                                   ^^^^^^^^^^^^^^^^^^^^^ info[unproductive-layer]: nothing new of the volume: the receptive field before it is 9 positions
      }
    `,
    )
  })
})
