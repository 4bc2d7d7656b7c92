import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const RULE = 'fully-connected-parameters'

const CLASSIFIER = `
  network N {
    input image: [3, 32, 32]
    features = image -> conv(64, 3, padding=1) -> relu -> maxpool(2)
    output logits = features -> flatten -> dropout -> linear(128) -> relu -> linear(10)
    #                           ^^^^^^^ hint[fully-connected-parameters]: Fully connected layers hold 2,098,570 of the network’s 2,100,362 parameters (99 %), 2,097,280 of them that which reads this flattened map. It has a weight for each channel at each of the 16×16 positions. Global average pooling before it saves 2,088,960 of them
  }
`

describe('fully connected layers with most parameters', () => {
  it('are found where the map is flattened', () => checkRule(RULE, CLASSIFIER))

  it('are found in a block that several networks share, once', () => {
    checkRule(
      RULE,
      `
      block head(x: tensor, classes) {
        return x -> flatten -> linear(256) -> relu -> linear(classes)
        #           ^^^^^^^ hint[fully-connected-parameters]
      }
      network A {
        input image: [3, 32, 32]
        output y = image -> conv(16, 3) -> relu -> head(10)
      }
      network B {
        input image: [3, 64, 64]
        output y = image -> conv(16, 3) -> relu -> head(100)
      }
    `,
    )
  })

  it('are not found behind global average pooling, without convolutions, or where they are few', () => {
    checkRule(
      RULE,
      `
      network Pooled {
        input image: [3, 32, 32]
        output y = image -> conv(8, 3) -> relu -> global_avgpool -> flatten -> linear(50_000)
      }
      network Perceptron {
        input image: [1, 28, 28]
        output y = image -> flatten -> linear(800) -> relu -> linear(10)
      }
      network Small {
        input image: [1, 28, 28]
        output y = image -> conv(8, 5) -> relu -> maxpool(2) -> flatten -> linear(10)
      }
      network Convolutional {
        input image: [3, 32, 32]
        output y = image -> conv(512, 3) -> relu -> conv(512, 3) -> relu -> maxpool(7) -> flatten -> linear(50)
      }
    `,
    )
  })

  it('are not found where a map, boxes or regions come of them: they need the positions', () => {
    checkRule(
      RULE,
      `
      network Yolo {
        input image: [3, 32, 32]
        output y = image -> conv(64, 3) -> relu -> flatten -> linear(4 * 4 * 30) -> reshape([30, 4, 4])
      }
      network FastRcnn {
        input image: [3, 64, 64]
        regions = image -> selective_search(10)
        features = image -> conv(64, 3, padding=1) -> relu
        output boxes = roi_pool(features, regions, 7) -> flatten -> linear(1024) -> relu -> linear(84)
      }
    `,
    )
  })

  it('may be as many as the options say', () => {
    const unmarked = CLASSIFIER.replace(/.*\^.*\n/, '')
    checkRule(RULE, unmarked, { share: 0.9999 })
    checkRule(RULE, unmarked, { least: 3_000_000 })
  })

  it('shrink when the map is pooled first', () => {
    checkFixes(RULE, CLASSIFIER.replace(/.*\^.*\n/, ''), {
      'Pool globally before flatten (saves 2,088,960 parameters) → 128':
        'output logits = features -> global_avgpool -> flatten -> dropout -> linear(128) -> relu -> linear(10)',
    })
  })

  it('are found in a shared layer', () => {
    checkRule(
      RULE,
      `
      block embed(x: tensor) {
        return x -> conv(32, 3, padding=1) -> relu -> flatten -> linear(128) -> sigmoid
        #                                             ^^^^^^^ hint[fully-connected-parameters]: 4,194,432 of them
      }
      network Siamese {
        input a: [1, 32, 32]
        input b: [1, 32, 32]
        shared encoder = embed
        output same = sub(a -> encoder, b -> encoder) -> abs -> linear(1)
      }
    `,
    )
  })
})
