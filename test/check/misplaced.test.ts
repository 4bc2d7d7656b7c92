import { describe, it } from 'vitest'
import { checkProblems } from '../helpers/problems'

describe('an option by place that needs its name', () => {
  it('is marked at the first one, with the call that is meant', () => {
    checkProblems(`
      network N {
        input image: [3, 64, 64]
        a = image -> conv(3, 8, 3, 2)
        #                       ^ error[option-needs-name]: \`conv\` takes only \`channels\` and \`kernel\` by place, here 3 and 8. The size of its input, which PyTorch writes too, is inferred. Write \`conv(8, 3, stride=2)\` or \`conv(3, 8, stride=3, padding=2)\`.
        b = image -> conv(8, 3, 2)
        #                       ^ error[option-needs-name]: All other options stand under their names, so that their order cannot be confused. Write \`conv(8, 3, stride=2)\`.
        c = image -> batchnorm(4)
        #                      ^ error[option-needs-name]: \`batchnorm\` takes no option by place. The size of its input, which PyTorch writes too, is inferred: it is 3 here. Write \`batchnorm\`.
        d = image -> conv(8, 3, "two")
        #                       ^^^^^ error[option-needs-name]: Give each of the others as \`name=value\`.
        e = image -> permute(0, 2, 1)
        #                       ^ error[option-needs-name]: Several numbers for one option stand in brackets. Write \`permute([0, 2, 1])\`.
        output y = image
      }
    `)
  })

  it('is found once, wherever the call stands and however often it is applied', () => {
    checkProblems(`
      DOWN = maxpool(3, 2, 1)
      #                    ^ error[option-needs-name]: Write \`maxpool(3, 2, padding=1)\`
      NEVER = conv(8, 3, 1)
      #                  ^ error[option-needs-name]

      block unit(x: tensor, width) {
        return x -> conv(x.channels, width, 3) -> relu
        #                                   ^ error[option-needs-name]: Write \`conv(width, 3)\` or \`conv(x.channels, width, stride=3)\`
      }

      block unused(x: tensor) {
        return x -> conv(8, 3, 1)
        #                      ^ error[option-needs-name]
      }

      network N {
        input image: [3, 64, 64]
        a = 3 * (relu -> conv(3, 3, 1))
        #                           ^ error[option-needs-name]
        b = image -> DOWN -> DOWN
        for width in [8, 16] {
          c = image -> unit(width)
        }
        output y = image -> a
      }
    `)
  })

  it('leaves the sizes of what follows unknown, and says nothing of them', () => {
    checkProblems(`
      network N {
        input image: [3, 8, 8]
        a = image -> conv(8, 3, 1)
        #                       ^ error[option-needs-name]
        b = a -> conv(16, 99) -> add(image -> conv(16, 1))
        output y = b
        expect params == 3
      }
    `)
  })

  it('is not what two values of one option are, unless the size of the input is one of them', () => {
    checkProblems(`
      network N {
        input image: [3, 32, 32]
        a = image -> conv(8, 16, kernel=3)
        #                        ^^^^^^^^ error[option-given-twice]
        b = image -> conv(3, 16, kernel=3)
        #                        ^^^^^^^^ error[option-needs-name]: Write \`conv(16, kernel=3)\`
        output y = image
      }
    `)
  })

  it('may be of a block or a network, which take all by place', () => {
    checkProblems(`
      block unit(x: tensor, channels, kernel=3, stride=1, padding=0) {
        return x -> conv(channels, kernel, stride=stride, padding=padding)
      }
      network N {
        input image: [3, 32, 32]
        output y = image -> unit(8, 3, 2, 1)
        expect y.shape == [8, 16, 16]
      }
    `)
  })

  it('goes on where an earlier call ended', () => {
    checkProblems(`
      network N {
        input image: [3, 32, 32]
        c = conv(8)
        a = image -> c(3)
        b = image -> c(3, 2)
        #                 ^ error[option-needs-name]: Write \`c(3, stride=2)\`
        d = image -> conv(8, 3)(2)
        #                       ^ error[option-needs-name]: Write \`conv(8, 3)(stride=2)\`
        output y = a
      }
    `)
  })
})

describe('what other frameworks call options that count axes', () => {
  it('counts the batch', () => {
    checkProblems(`
      AXIS = 2
      network N {
        input image: [3, 32, 32]
        a = concat(image, image, dim=1)
        #                        ^^^ error[unknown-option]: \`axis\` counts from 0, the channels, and \`dim\` counts the batch too. Write \`axis=0\`.
        b = image -> softmax(dim=0)
        #                    ^^^ error[unknown-option]: \`dim=0\` names the batch, which no tensor has here. Write \`axis=\` with an axis of one image.
        c, d = image -> slice(0, 2, dim=-1) -> split(2, dim=AXIS)
        #                           ^^^ error[unknown-option]: Write \`axis=-1\`.
        #                                               ^^^ error[unknown-option]: Write \`axis=1\`.
        e = image -> permute(dims=[0, 3, 1, 2])
        #                    ^^^^ error[unknown-option]: Write \`order=[2, 0, 1]\`.
        output y = image
      }
    `)
  })
})
