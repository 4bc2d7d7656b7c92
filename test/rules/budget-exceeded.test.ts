import { describe, it } from 'vitest'
import { checkFindings, checkRule } from '../helpers/findings'

const RULE = 'budget-exceeded'

const NETWORK = `
  network N {
    input image: [3, 32, 32]
    features = image -> conv(16, 3, padding=1, bias=false) -> relu -> maxpool(2)
    output y = features -> flatten -> linear(10)
  }
`

/** The network with what is found at its name. */
function found(message: string): string {
  return NETWORK.replace('network N {\n', `network N {\n  #       ^ error[budget-exceeded]: ${message}\n`)
}

describe('a budget', () => {
  it('is not checked unless it is set', () => checkFindings(NETWORK))

  it('is met to the last parameter', () => {
    checkRule(RULE, NETWORK, { maxParams: 432 + 40_970, maxMacs: 442_368 + 40_960 })
  })

  it('of parameters is exceeded at the name of the network', () => {
    checkRule(
      RULE,
      found(
        'N has 41,402 parameters, 1 above the budget of 41,401. `linear(10)` takes most: 40,970 parameters (99 %)',
      ),
      { maxParams: 41_401 },
    )
  })

  it('of activations counts the outputs of all layers but those that rename values', () => {
    // The convolution and the activation 16·32², the pooling 16·16², the linear layer 10; 4 bytes each.
    const bytes = 4 * (2 * 16 * 32 * 32 + 16 * 16 * 16 + 10)
    checkRule(RULE, NETWORK, { maxActivationBytes: bytes })
    checkRule(RULE, found('N has 147,496 (147 kB) bytes of activations'), { maxActivationBytes: bytes - 1 })
  })

  it('that is exceeded with others makes one finding', () => {
    checkRule(
      RULE,
      found(
        'N has 41,402 parameters, 40,402 above the budget of 1,000; 483,328 multiply–accumulates, 383,328 above the budget of 100,000',
      ),
      { maxParams: 1_000, maxMacs: 100_000 },
    )
  })

  it('is not checked where a part of the network is unknown', () => {
    checkRule(
      RULE,
      `
      network N {
        input image: [3, 32, 32]
        output y = image -> conv(16, 3) -> conv(16, 99)
        #                                           ^^ error[window-exceeds-input]
      }
    `,
      { maxParams: 1 },
    )
  })
})
