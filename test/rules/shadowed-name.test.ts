import { it } from 'vitest'
import { checkRule } from '../helpers/findings'

const CODE = 'shadowed-name'

it('finds a name that a body reads in another meaning too', () => {
  checkRule(
    CODE,
    `
    WIDTH = 8
    block unit(x: tensor) { return x -> conv(WIDTH, 1) }
    network N(depth=2) {
      #       ^^^^^ info[shadowed-name]: Line 10 of the same network reads the total
      input image: [3, 8, 8]
      relu = image -> relu
    # ^^^^ info[shadowed-name]: \`relu\` is bound here and is the built-in layer of that name elsewhere
      max = max(1, depth)
    # ^^^ info[shadowed-name]: the function
      unit = relu -> unit -> max * tanh as WIDTH
    # ^^^^ info[shadowed-name]: the file’s block
      output y = unit -> conv(8, 1)
      output z = WIDTH
      expect depth == 2
    }
    `,
  )
})

it('finds none of the names that mean something at inputs alone', () => {
  checkRule(
    CODE,
    `
    network N {
      input signal: signal([1, 1000])
      rows = signal -> permute([1, 0])
      output y = rows -> lstm(8)
    }
    `,
  )
  checkRule(
    CODE,
    `
    network N {
      input signal: [1, 1000]
      rows = signal -> permute([1, 0])
      output y = rows -> lstm(8)
    }
    `,
    { everyName: true },
  )
})

it('finds none that only hides', () => {
  checkRule(
    CODE,
    `
    WIDTH = 8
    block unit(x: tensor, crop, pad) { return x -> conv(crop, pad, padding=same) }
    network N {
      input scale: [3, 8, 8]
      output dense = concat([scale -> unit(split, WIDTH) for split in [1, 2]])
    }
    `,
  )
})

it('finds what hides when asked', () => {
  checkRule(
    CODE,
    `
    block unit(x: tensor, crop) { return x -> conv(crop, 1) }
    #                     ^^^^ info[shadowed-name]: In the whole block
    network N {
      input image: [3, 8, 8]
      output unit = image -> unit(3)
      #      ^^^^ info[shadowed-name]
    }
    `,
    { everyName: true },
  )
})
