import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

describe('flattening a vector', () => {
  it('is found however the layer is written', () => {
    checkRule(
      'flatten-of-vector',
      `
      head = flatten -> linear(10)
      #      ^^^^^^^ hint[flatten-of-vector]: The vector of 64 is flattened
      network N {
        input features: [64]
        a = features -> flatten -> linear(10)
        #               ^^^^^^^ hint[flatten-of-vector]: It has one axis already, so that nothing changes
        b = flatten(features) -> linear(10)
        #   ^^^^^^^ hint[flatten-of-vector]
        output y = concat(a, b, features -> head)
      }
    `,
    )
  })

  it('is not found for maps, rows and items', () => {
    checkRule(
      'flatten-of-vector',
      `
      network N {
        input image: [8, 4, 4]
        input rows: [5, 8]
        input regions: [10, 4]
        a = image -> flatten
        b = image -> global_avgpool -> flatten
        c = roi_pool(image, regions, 2) -> flatten
        output y = rows -> flatten
      }
    `,
    )
  })

  it('is not found in a block that flattens maps too', () => {
    checkRule(
      'flatten-of-vector',
      `
      block head(x: tensor) { return x -> flatten -> linear(10) }
      network N {
        input image: [8, 4, 4]
        input features: [64]
        output y = concat(image -> head, features -> head)
      }
    `,
    )
  })

  it('is not found in a block of another file, which serves others', () => {
    checkRule('flatten-of-vector', {
      'test.cnn': `
        from "./blocks.cnn" import head
        network N {
          input features: [64]
          output y = features -> head
        }
      `,
      'blocks.cnn': 'block head(x: tensor) { return x -> flatten -> linear(10) }',
    })
  })

  it('is fixed in a flow', () => {
    checkFixes(
      'flatten-of-vector',
      `
      network N {
        input image: [8, 4, 4]
        output y = image -> global_avgpool -> flatten -> flatten as flat -> linear(10)
      }
      `,
      { 'Remove flatten': 'output y = image -> global_avgpool -> flatten as flat -> linear(10)' },
    )
  })

  it('is fixed in a block', () => {
    checkFixes(
      'flatten-of-vector',
      `
      block head(x: tensor) { return x -> flatten -> linear(10) }
      network N {
        input features: [64]
        output y = features -> head
      }
      `,
      { 'Remove flatten': 'block head(x: tensor) { return x -> linear(10) }' },
    )
  })

  it('is fixed in a composition and in a call', () => {
    checkFixes(
      'flatten-of-vector',
      `
      head = flatten -> linear(10)
      network N {
        input features: [64]
        output y = features -> head
      }
      `,
      { 'Remove flatten': 'head = linear(10)' },
    )
    checkFixes(
      'flatten-of-vector',
      `
      network N {
        input features: [64]
        output y = flatten(features -> relu) -> linear(10)
      }
      `,
      { 'Remove flatten': 'output y = features -> relu -> linear(10)' },
    )
  })

  it('is fixed by the identity where a layer is needed', () => {
    checkFixes(
      'flatten-of-vector',
      `
      block head(x: tensor, first: layer) { return x -> first -> linear(10) }
      network N {
        input features: [64]
        output y = features -> head(flatten)
      }
      `,
      { 'Write identity for flatten': 'output y = features -> head(identity)' },
    )
  })
})
