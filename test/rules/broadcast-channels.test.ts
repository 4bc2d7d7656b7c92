import { it } from 'vitest'
import { checkRule } from '../helpers/findings'

const CODE = 'broadcast-channels'

it('is found where maps of one channel and of many meet', () => {
  checkRule(
    CODE,
    `
    network N {
      input one: 1x64x64
      input many: 32x64x64
      output a = add(one, many)
      #          ^^^ info[broadcast-channels]: \`add\` takes the one channel of 1×64×64 for each of the 32 channels of 32×64×64. Along an axis of size 1 the value meets all others. Give both 32 channels if that is not meant
      output b = many -> sub(one)
      #                  ^^^ info[broadcast-channels]
      output c = maximum(many, one, many)
      #          ^^^^^^^ info[broadcast-channels]
      output d = mul(many, one -> conv(1, 3, padding=1) -> relu)
      #          ^^^ info[broadcast-channels]
      output e = add(many -> conv(32, 1), many -> sigmoid -> conv(1, 3, padding=1))
      #          ^^^ info[broadcast-channels]
    }
    network Signals {
      input ecg: signal([12, 500])
      output y = add(ecg -> conv(8, 3), ecg -> conv(1, 3))
      #          ^^^ info[broadcast-channels]
    }
    `,
  )
})

it('is not found where one has a single position, is a gate or a mask, or where channels agree', () => {
  checkRule(
    CODE,
    `
    network N {
      input one: 1x64x64
      input many: 32x64x64
      input position: [32, 1, 1]
      output a = add(one, position)
      output b = mul(many, many -> conv(1, 7, padding=3) -> sigmoid)
      output c = mul(many, many -> conv(1, 1) -> batchnorm -> hardsigmoid -> dropout(0.1))
      output d = add(many, many -> conv(1, 1) -> tanh -> identity)
      output e = mul(many, many -> conv(1, 1) -> softmax(axis=1))
      output f = mul(many, many -> maxpool(2) -> conv(1, 1) -> sigmoid -> resize([64, 64]))
      output g = mul(many, one)
      output h = add(many, many)
      output i = add(one, one)
      output j = add(one, many -> sigmoid)
      output k = add(many -> global_avgpool, many -> conv(1, 1))
    }
    network Rows {
      input tokens: rows([50, 64])
      output y = add(tokens, parameter([1, 64]))
    }
    network Vectors {
      input a: [1]
      input b: [8]
      output y = add(a, b)
    }
    `,
  )
})
