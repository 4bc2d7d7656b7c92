import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const CODE = 'misread-axes'

describe('a layer that reads channels as steps, or steps as channels', () => {
  it('is found behind what made a signal', () => {
    checkRule(
      CODE,
      `
      network N {
        input recording: [1, 1000]
        output y = recording -> conv(64, 5) -> relu -> dropout(0.1) -> maxpool(4) -> lstm(128) -> linear(5)
        #                                                                            ^^^^ warning[misread-axes]: 64×249 is 64 channels at 249 positions, and \`lstm\` reads 64 rows of 249 features. What \`maxpool\` makes is a signal. Put permute([1, 0]) before it
      }
      `,
    )
  })

  it('is found behind what made rows', () => {
    checkRule(
      CODE,
      `
      network N {
        input words: [50, 300]
        output y = words -> bilstm(64) -> tanh -> conv(32, 3) -> relu
        #                                         ^^^^ warning[misread-axes]: 50×128 is 50 rows of 128 features, and \`conv\` reads 50 channels at 128 positions. What \`bilstm\` makes is rows
      }
      `,
    )
  })

  it('is found where an input says what it is', () => {
    checkRule(
      CODE,
      `
      SIZE = signal([12, 500])
      network N(tokens=196) {
        input patches: rows([tokens, 768])
        input ecg: SIZE
        output a = patches -> conv(64, 3)
        #                     ^^^^ warning[misread-axes]: The input \`patches\` says that it is rows
        output b = ecg -> gru(32)
        #                 ^^^ warning[misread-axes]: The input \`ecg\` says that it is a signal
        output c = patches -> gru(32)
        output d = ecg -> conv(64, 3)
      }
      `,
    )
  })

  it('is not found at the first layer that reads a plain list, and at all that disagree with it', () => {
    checkRule(
      CODE,
      `
      network N {
        input x: [12, 500]
        a = x -> relu -> conv(8, 3)
        b = x -> batchnorm -> maxpool(2)
        c = x -> gru(16)
        #        ^^^ warning[misread-axes]: \`conv\` has read it as a signal before
        output y = concat(a -> flatten, b -> flatten, c -> flatten)
      }
      `,
    )
  })

  it('is found where several layers of one tensor disagree, each time alike', () => {
    checkRule(
      CODE,
      `
      network N {
        input x: [10, 20]
        input z: [10, 20]
        sum = add(x, z)
        a = z -> linear(4)
        b = x -> avgpool(2)
        #        ^^^^^^^ warning[misread-axes]: \`linear\` has read it as rows before
        c = sum -> batchnorm
        #          ^^^^^^^^^ warning[misread-axes]: \`linear\` has read it as rows before
        output y = concat(a -> flatten, b -> flatten, c -> flatten)
      }
      `,
    )
  })

  it('is found at each normalisation and each layer of weights for channels, and nothing behind them', () => {
    checkRule(
      CODE,
      `
      network N {
        input tokens: rows([196, 768])
        a = tokens -> batchnorm -> linear(8)
        #             ^^^^^^^^^ warning[misread-axes]
        b = tokens -> scale -> linear(8)
        #             ^^^^^ warning[misread-axes]
        c = tokens -> prelu -> linear(8)
        #             ^^^^^ warning[misread-axes]
        d = tokens -> l2norm -> linear(8)
        #             ^^^^^^ warning[misread-axes]
        e = tokens -> layernorm -> linear(8)
        output y = add(a, b, c, d, e)
      }
      network Signals {
        input ecg: signal([12, 500])
        output y = ecg -> conv(64, 5) -> layernorm -> conv(64, 5) -> batchnorm -> prelu -> scale -> l2norm
        #                                ^^^^^^^^^ warning[misread-axes]
      }
      `,
    )
  })

  it('is found behind an embedding, which makes rows of a vector of indices', () => {
    checkRule(
      CODE,
      `
      network N {
        input words: [64]
        text = words -> embedding(1000, 300)
        a = text -> conv(100, 3)
        #           ^^^^ warning[misread-axes]: What \`embedding\` makes is rows
        b = text -> permute([1, 0]) -> conv(100, 3)
        c = text -> lstm(8)
        output y = concat(a -> flatten, b -> flatten, c -> flatten)
      }
      network OfMaps {
        input classes: [8, 8]
        output y = classes -> embedding(10, 4) -> permute([2, 0, 1]) -> conv(4, 3)
      }
      `,
    )
  })

  it('is found at the key and the value of an attention, once', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: 3x32x32
        input tokens: rows([10, 64])
        seen = image -> conv(64, 3, stride=2) -> flatten(start=1)
        memory = seen -> permute([1, 0])
        a = attention(tokens, seen, seen, 4)
        #   ^^^^^^^^^ warning[misread-axes]: 64×225 is 64 channels at 225 positions, and \`attention\` reads 64 rows of 225 features. What \`flatten\` makes is a signal
        b = attention(tokens, memory, memory, 4)
        c = tokens -> attention(key=seen, heads=4)
        #             ^^^^^^^^^ warning[misread-axes]
        d = attention(seen -> conv(64, 3), memory, heads=1)
        #   ^^^^^^^^^ warning[misread-axes]: What \`conv\` makes is a signal
        output y = concat(a -> flatten, b -> flatten, c -> flatten)
      }
      network First {
        input x: [10, 64]
        input z: [10, 64]
        a = attention(x, z, 4)
        b = z -> conv(8, 3)
        #        ^^^^ warning[misread-axes]: \`attention\` has read it as rows before
        output y = concat(a -> flatten, b -> flatten)
      }
      `,
    )
  })

  it('is found where a signal and rows meet', () => {
    checkRule(
      CODE,
      `
      network N {
        input ecg: signal([64, 64])
        input tokens: rows([64, 64])
        a = add(ecg, tokens) -> conv(8, 3)
        #   ^^^ warning[misread-axes]: The input \`tokens\` says that it is rows, and the input \`ecg\` says that it is a signal
        b = add(tokens, ecg) -> lstm(8)
        #   ^^^ warning[misread-axes]: The input \`ecg\` says that it is a signal, and the input \`tokens\` says that it is rows
        c = concat(tokens, ecg) -> gru(8)
        #   ^^^^^^ warning[misread-axes]
        d = ecg -> conv(8, 3)
        output y = concat(a -> flatten, b -> flatten, c -> flatten, d -> flatten)
      }
      `,
    )
  })

  it('is found through blocks, at the call whose tensor is not what the block reads elsewhere', () => {
    checkRule(
      CODE,
      `
      block head(x: tensor) { return x -> relu -> lstm(8) -> slice(-1, 10, axis=0) -> flatten }
      network N {
        input a: signal([10, 100])
        input b: rows([10, 100])
        output y = add(a -> head, b -> head)
        #                   ^^^^ warning[misread-axes]
      }
      `,
    )
    checkRule(
      CODE,
      `
      block head(x: tensor) { return x -> relu -> lstm(8) }
      #                                           ^^^^ warning[misread-axes]
      network N {
        input a: signal([10, 100])
        output y = a -> head
      }
      `,
    )
  })

  it('knows what permute, slice, split, concat and reshape make', () => {
    checkRule(
      CODE,
      `
      network N {
        input ecg: signal([12, 500])
        rows = ecg -> permute([1, 0])
        a = rows -> lstm(8) -> permute([1, 0]) -> conv(4, 3)
        b = rows -> conv(4, 3)
        #           ^^^^ warning[misread-axes]: Its axes were swapped behind the input \`ecg\`, which says a signal
        c, d = ecg -> split(2)
        e = concat(c, d) -> slice(0, 100, axis=1) -> transpose([1, 0]) -> transpose([1, 0]) -> gru(4)
        #                                                                                      ^^^ warning[misread-axes]
        f = ecg -> reshape([60, 100]) -> gru(4)
        output y = concat(a -> flatten, b -> flatten, e -> flatten, f -> flatten)
      }
      `,
    )
  })

  it('is found where a map was flattened to one row for each channel', () => {
    checkRule(
      CODE,
      `
      network N {
        input image: 3x224x224
        map = image -> conv(768, 16, stride=16)
        a = map -> reshape([768, -1]) -> layernorm
        #                                ^^^^^^^^^ warning[misread-axes]: What \`reshape\` makes is a signal
        b = map -> reshape([768, -1]) -> permute([1, 0]) -> layernorm
        c = map -> permute([1, 2, 0]) -> reshape([196, 768]) -> layernorm
        d = map -> permute([1, 2, 0]) -> reshape([14, -1]) -> lstm(8)
        output y = concat(a -> flatten, b -> flatten, c -> flatten, d -> flatten)
      }
      `,
    )
  })

  it('is not found where positions are meant to be mixed', () => {
    checkRule(
      CODE,
      `
      block mixer(x: tensor) {
        mixed = x -> layernorm -> permute([1, 0]) -> linear(256) -> gelu -> linear(196) -> permute([1, 0])
        y = add(x, mixed)
        return add(y, y -> layernorm -> linear(2048) -> gelu -> linear(512))
      }
      network Mixer {
        input image: 3x224x224
        x = image -> conv(512, 16, stride=16) -> reshape([512, -1]) -> permute([1, 0]) -> 2 * mixer
        output y = x -> layernorm -> permute([1, 0]) -> global_avgpool -> flatten -> linear(10)
      }
      network Plain {
        input tokens: [196, 512]
        y = add(tokens, tokens -> permute([1, 0]) -> linear(256) -> linear(196) -> permute([1, 0]))
        output z = y -> layernorm -> linear(10)
      }
      network FlatMap {
        input image: 8x14x14
        output y = image -> conv(16, 3) -> reshape([16, -1]) -> linear(144) -> reshape([16, 12, 12])
      }
      `,
    )
  })

  it('is found at a softmax along the positions unless it says so, or there is nothing else to share', () => {
    checkRule(
      CODE,
      `
      network N {
        input audio: signal([256, 1600])
        a = audio -> conv(10, 1) -> softmax
        #                           ^^^^^^^ warning[misread-axes]: Name the axis: axis=0 for the channels at each position, axis=1 for the positions
        b = audio -> conv(10, 1) -> softmax(axis=1)
        c = audio -> conv(10, 1) -> log_softmax(axis=-2)
        d = audio -> conv(1, 1) -> softmax
        output y = concat(a, b, c, d)
      }
      `,
    )
  })

  it('is not found in attention', () => {
    checkRule(
      CODE,
      `
      network NonLocal {
        input image: 64x14x14
        theta = image -> conv(32, 1) -> reshape([32, -1])
        phi = image -> conv(32, 1) -> reshape([32, -1])
        g = image -> conv(32, 1) -> reshape([32, -1])
        weights = matmul(theta, phi, transpose_a=true) -> softmax
        y = matmul(g, weights, transpose_b=true) -> reshape([32, 14, 14]) -> conv(64, 1)
        output z = add(image, y)
      }
      network Heads {
        input tokens: rows([50, 64])
        q, k, v = tokens -> layernorm -> linear(192) -> split(3, axis=1)
        heads = []
        for i in range(2) {
          a, b, c = [each -> slice(32 * i, 32 * (i + 1), axis=1) for each in [q, k, v]]
          heads = heads + [matmul(matmul(a, b, transpose_b=true) -> softmax, c)]
        }
        x = add(tokens, concat(heads, axis=1) -> linear(64))
        class = x -> slice(0, 1, axis=0) -> flatten -> linear(10)
        output y = class
        output z = x -> layernorm -> linear(256) -> gelu -> linear(64)
      }
      network Channelwise {
        input image: 3x56x56
        x = image -> conv(64, 3)
        weights = x -> global_avgpool -> reshape([64, 1]) -> permute([1, 0])
          -> conv(1, 3, padding=1, bias=false) -> permute([1, 0]) -> sigmoid -> reshape([64, 1, 1])
        output y = mul(x, weights)
      }
      network Frames {
        input frames: 16x64x64
        output y = frames -> avgpool(8) -> reshape([16, -1]) -> lstm(8)
      }
      network Excited {
        input ecg: signal([12, 500])
        x = ecg -> conv(32, 3) -> relu
        gate = x -> global_avgpool -> flatten -> linear(8) -> relu -> linear(32) -> sigmoid -> reshape([32, 1])
        output y = mul(x, gate) -> conv(8, 1)
      }
      `,
    )
  })
})

describe('its fixes', () => {
  it('swap the axes before the layer', () => {
    checkFixes(
      CODE,
      `
      network N {
        input recording: [1, 1000]
        output y = recording -> conv(64, 5) -> 2 * gru(64)
      }
      `,
      {
        'Insert permute([1, 0]) → 996×64':
          'output y = recording -> conv(64, 5) -> permute([1, 0]) -> 2 * gru(64)',
      },
    )
    checkFixes(
      CODE,
      `
      network N {
        input recording: [1, 1000]
        output y = lstm(recording -> conv(64, 5), 8)
      }
      `,
      {
        'Insert permute([1, 0]) → 996×8': 'output y = lstm(recording -> conv(64, 5) -> permute([1, 0]), 8)',
      },
    )
  })

  it('swap the axes of each tensor that an attention misreads', () => {
    const attending = (call: string) => `
      network N {
        input seen: signal([64, 225])
        input tokens: rows([10, 64])
        output y = ${call}
      }
    `
    checkFixes(CODE, attending('attention(tokens, seen, seen, 4)'), {
      'Insert permute([1, 0]) → 10×64':
        'output y = attention(tokens, seen -> permute([1, 0]), seen -> permute([1, 0]), 4)',
    })
    checkFixes(CODE, attending('tokens -> attention(key=seen, heads=4)'), {
      'Insert permute([1, 0]) → 10×64':
        'output y = tokens -> attention(key=seen -> permute([1, 0]), heads=4)',
    })
    checkFixes(CODE, attending('attention(seen, tokens, heads=1)'), {
      'Insert permute([1, 0]) → 225×64': 'output y = attention(seen -> permute([1, 0]), tokens, heads=1)',
      'Insert permute([1, 0]) before and after':
        'output y = attention(seen -> permute([1, 0]), tokens, heads=1) -> permute([1, 0])',
    })
  })

  it('swap them back where what follows, or what it meets, needs them as they were', () => {
    checkFixes(
      CODE,
      `
      network N {
        input tokens: rows([196, 768])
        output y = tokens -> batchnorm -> gelu -> linear(10)
      }
      `,
      {
        'Insert permute([1, 0]) before and after':
          'output y = tokens -> permute([1, 0]) -> batchnorm -> permute([1, 0]) -> gelu -> linear(10)',
      },
    )
    checkFixes(
      CODE,
      `
      network N {
        input ecg: signal([12, 500])
        x = ecg -> conv(32, 3)
        output y = add(x, x -> layernorm)
      }
      `,
      {
        'Insert permute([1, 0]) before and after':
          'output y = add(x, x -> permute([1, 0]) -> layernorm -> permute([1, 0]))',
      },
    )
  })

  it('flatten a signal before a linear layer', () => {
    checkFixes(
      CODE,
      `
      network N {
        input ecg: [12, 500]
        output y = ecg -> conv(64, 5) -> relu -> linear(10)
      }
      `,
      {
        'Insert flatten → 10': 'output y = ecg -> conv(64, 5) -> relu -> flatten -> linear(10)',
        'Insert permute([1, 0]) → 496×10':
          'output y = ecg -> conv(64, 5) -> relu -> permute([1, 0]) -> linear(10)',
      },
    )
  })

  it('name the axis of a softmax', () => {
    checkFixes(
      CODE,
      `
      network N {
        input audio: signal([256, 1600])
        output y = audio -> conv(10, 1) -> softmax
      }
      `,
      {
        'Set axis=0': 'output y = audio -> conv(10, 1) -> softmax(axis=0)',
        'Insert permute([1, 0]) → 1600×10': 'output y = audio -> conv(10, 1) -> permute([1, 0]) -> softmax',
        'Insert permute([1, 0]) before and after':
          'output y = audio -> conv(10, 1) -> permute([1, 0]) -> softmax -> permute([1, 0])',
      },
    )
  })

  it('take a swap away that is one too many', () => {
    checkFixes(
      CODE,
      `
      network N {
        input tokens: rows([20, 30])
        output y = tokens -> permute([1, 0]) -> lstm(8)
      }
      `,
      {
        'Remove permute([1, 0])': 'output y = tokens -> lstm(8)',
        'Insert permute([1, 0]) → 20×8': 'output y = tokens -> permute([1, 0]) -> permute([1, 0]) -> lstm(8)',
      },
    )
  })

  it('give a block that is right elsewhere what it reads', () => {
    checkFixes(
      CODE,
      `
      block mean(x: tensor) { return x -> lstm(8) -> permute([1, 0]) -> global_avgpool -> flatten }
      network N {
        input a: signal([100, 10])
        input b: rows([10, 100])
        output y = add(a -> mean, b -> mean)
      }
      `,
      { 'Insert permute([1, 0]) → 8': 'output y = add(a -> permute([1, 0]) -> mean, b -> mean)' },
    )
  })
})

describe('a signal and rows that meet', () => {
  it('are found where it is certain what both are', () => {
    checkRule(
      CODE,
      `
      network N {
        input ecg: signal([64, 64])
        input words: rows([64, 64])
        a = ecg -> conv(64, 3, padding=1) -> relu
        b = words -> linear(64) -> dropout(0.1)
        sum = add(a, b)
        #     ^^^ warning[misread-axes]: 64×64 is 64 rows of 64 features, and \`add\` meets it with 64 channels at 64 positions. What \`linear\` makes is rows, and what \`conv\` makes is a signal. Put permute([1, 0]) before one of the two
        output y = sum -> relu -> add(a)
        output z = concat(words, ecg)
        #          ^^^^^^ warning[misread-axes]: the input \`words\` says that it is rows
        output w = mul(b, ecg -> permute([1, 0]))
      }
      `,
    )
  })

  it('are not found where one is undecided, one value is spread, or a layer before is at fault', () => {
    checkRule(
      CODE,
      `
      network N {
        input ecg: signal([64, 64])
        input words: rows([64, 64])
        input plain: [64, 64]
        a = add(ecg, plain)
        gate = words -> linear(1)
        b = mul(ecg, gate)
        c = ecg -> lstm(64)
        #          ^^^^ warning[misread-axes]
        output y = add(b, c)
        output z = concat(a, ecg)
        position = parameter([64, 64])
        output w = add(words, position)
      }
      `,
    )
  })
})

describe('what comes into a network whose input says what it is', () => {
  it('is found at the call where it is the other kind, once', () => {
    checkRule(
      CODE,
      `
      network Encoder {
        input tokens: rows([64, 64])
        output y = tokens -> linear(64) -> gru(32)
      }
      network Wave {
        input wave: signal([64, 64])
        output y = wave -> conv(32, 3)
      }
      network N {
        input ecg: signal([64, 64])
        x = ecg -> conv(64, 3, padding=1)
        output a = x -> relu -> Encoder
        #                       ^^^^^^^ warning[misread-axes]: 64×64 is 64 channels at 64 positions, and the input \`tokens\` of Encoder takes 64 rows of 64 features. What \`conv\` makes is a signal. Put permute([1, 0]) before it
        output b = x -> permute([1, 0]) -> Encoder
        output c = x -> Wave
        output d = x -> conv(8, 3)
      }
      `,
    )
  })

  it('decides what was undecided before', () => {
    checkRule(
      CODE,
      `
      network Encoder {
        input tokens: rows([64, 64])
        output y = tokens -> relu
      }
      network N {
        input x: [64, 64]
        output a = x -> Encoder -> conv(8, 3)
        #                          ^^^^ warning[misread-axes]: The input \`tokens\` says that it is rows
      }
      `,
    )
  })

  it('is fixed by a permutation before the call', () => {
    checkFixes(
      CODE,
      `
      network Encoder {
        input tokens: rows([64, 64])
        output y = tokens -> gru(32)
      }
      network N {
        input ecg: signal([64, 64])
        output y = ecg -> conv(64, 3, padding=1) -> Encoder
      }
      `,
      {
        'Insert permute([1, 0]) → 64×32':
          'output y = ecg -> conv(64, 3, padding=1) -> permute([1, 0]) -> Encoder',
      },
    )
  })
})
