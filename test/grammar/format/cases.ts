export interface Case {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** Texts as they come from a keyboard, and how they are to look. */
export const CASES: readonly Case[] = [
  {
    name: 'spaces around operators, arrows and =',
    before: `network  N{
  input x :3x8x8
  a=x->conv( 8,3 ,padding = 1 )->3*relu
  k = 1+2*-3**2//4%5 -6
  ok = not a==b or c!=d and 1<k<=2
  near = k~=60M
}`,
    after: `network N {
  input x: 3x8x8
  a = x -> conv(8, 3, padding=1) -> 3 * relu
  k = 1 + 2 * -3 ** 2 // 4 % 5 - 6
  ok = not a == b or c != d and 1 < k <= 2
  near = k ~= 60M
}
`,
  },
  {
    name: 'parameters: spaces around = only after a type',
    before: `block f(x:tensor,width = 64 , act:layer=relu,){return x->act}`,
    after: `block f(x: tensor, width=64, act: layer = relu) { return x -> act }
`,
  },
  {
    name: 'brackets hold no spaces inside',
    before: `network N {
  a,b = split( x,2 ) [ 0 ] . shape [ -1 ]
  c = ( if k > 1 then a else b )
  d = [ 1,2, ] + [ ]
  e = [ x ->conv( r ) for r  in[ 6,12 ] ]
  f = unit ( 64 ) ( stride = 2 )
}`,
    after: `network N {
  a, b = split(x, 2)[0].shape[-1]
  c = (if k > 1 then a else b)
  d = [1, 2] + []
  e = [x -> conv(r) for r in [6, 12]]
  f = unit(64)(stride=2)
}
`,
  },
  {
    name: 'one statement a line',
    before: `block f(x: tensor) { y = x -> relu z = y
  return z }
network N { input x: 3x8x8 output y = x -> f }`,
    after: `block f(x: tensor) {
  y = x -> relu
  z = y
  return z
}

network N {
  input x: 3x8x8
  output y = x -> f
}
`,
  },
  {
    name: 'a body written on one line with one simple statement stays so',
    before: `network N {
  for a in b {x=a}
  if c{y=a}else{y=b}
  if c {
    y = a
  }
  if c { y = a } else {
    y = b }
  if c { for a in b { x = a } }
  for a in b {
  }
}`,
    after: `network N {
  for a in b { x = a }
  if c { y = a } else { y = b }
  if c {
    y = a
  }
  if c {
    y = a
  } else {
    y = b
  }
  if c {
    for a in b { x = a }
  }
  for a in b {}
}
`,
  },
  {
    name: 'a body that does not fit on the line is broken',
    before: `block conv_batchnorm_relu(x: tensor, width, stride=1) { return x -> conv(width, 3, stride=stride, padding=1) -> batchnorm -> relu }`,
    after: `block conv_batchnorm_relu(x: tensor, width, stride=1) {
  return x -> conv(width, 3, stride=stride, padding=1) -> batchnorm -> relu
}
`,
  },
  {
    name: 'else if stands behind the brace',
    before: `network N {
  if a == 1 {
    x = b
  }
  else if a == 2
  {
    x = c
  }
  else
  {
    x = d
  }
}`,
    after: `network N {
  if a == 1 {
    x = b
  } else if a == 2 {
    x = c
  } else {
    x = d
  }
}
`,
  },
  {
    name: 'empty lines: one between declarations, none at the ends of bodies, at most one elsewhere',
    before: `

from "./a.cnn" import a
from "./b.cnn" import b


A = 1
B = 2

C = 3
block f(x: tensor) {

  y = x



  z = y
  return z

}
block g(x: tensor) { return x }
D = 4



network N {
}


`,
    after: `from "./a.cnn" import a
from "./b.cnn" import b

A = 1
B = 2

C = 3

block f(x: tensor) {
  y = x

  z = y
  return z
}

block g(x: tensor) { return x }

D = 4

network N {}
`,
  },
  {
    name: 'a long flow has one stage a line',
    before: `network N {
  x = image -> conv(64, 7, stride=2, padding=3, bias=false) -> batchnorm -> relu -> maxpool(3, stride=2)
  output y = image -> conv(64, 7, stride=2, padding=3, bias=false) as first -> batchnorm -> relu -> flatten
}`,
    after: `network N {
  x = image
    -> conv(64, 7, stride=2, padding=3, bias=false)
    -> batchnorm
    -> relu
    -> maxpool(3, stride=2)
  output y = image
    -> conv(64, 7, stride=2, padding=3, bias=false) as first
    -> batchnorm
    -> relu
    -> flatten
}
`,
  },
  {
    name: "the author's lines of stages stay while each fits",
    before: `network N {
  x = image
  -> conv(64, 7) -> batchnorm
       -> relu
  y = image ->
    conv(64, 7) -> relu
  z = image
    -> conv(64, 7, stride=2, padding=3, bias=false) -> batchnorm -> relu -> maxpool(3, stride=2, padding=1)
    -> relu
}`,
    after: `network N {
  x = image
    -> conv(64, 7) -> batchnorm
    -> relu
  y = image
    -> conv(64, 7) -> relu
  z = image
    -> conv(64, 7, stride=2, padding=3, bias=false)
    -> batchnorm
    -> relu
    -> maxpool(3, stride=2, padding=1)
    -> relu
}
`,
  },
  {
    name: 'a flow in brackets is joined when it fits',
    before: `network N {
  y = add(x
    -> relu,
    z)
}`,
    after: `network N {
  y = add(x -> relu, z)
}
`,
  },
  {
    name: 'long arguments stand one per line, with a comma after the last',
    before: `network N {
  y = some_block_with_a_long_name(first_tensor, second_tensor, width=first_width + second_width, stride=2)
  z = concat(first_tensor -> conv(first_width, 3, padding=1) -> relu, second_tensor -> conv(second_width, 3))
}
block some_block_with_a_long_name(first: tensor, second: tensor, width=first_width + second_width, stride=2) { return x }`,
    after: `network N {
  y = some_block_with_a_long_name(
    first_tensor,
    second_tensor,
    width=first_width + second_width,
    stride=2,
  )
  z = concat(
    first_tensor -> conv(first_width, 3, padding=1) -> relu,
    second_tensor -> conv(second_width, 3),
  )
}

block some_block_with_a_long_name(
  first: tensor,
  second: tensor,
  width=first_width + second_width,
  stride=2,
) {
  return x
}
`,
  },
  {
    name: 'what is broken without need is joined',
    before: `network N {
  y = f(
    a,
    b,
  )
  c = 1 +
    2
  e = if a
    then b
    else c
}`,
    after: `network N {
  y = f(a, b)
  c = 1 + 2
  e = if a then b else c
}
`,
  },
  {
    name: "a table keeps the author's rows",
    before: `network N {
  c3 = s2 -> conv(16, 5, connections=[
    [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [4, 5, 0], [5, 0, 1],
    [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [3, 4, 5, 0], [4, 5, 0, 1], [5, 0, 1, 2],
      [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5] ])
}`,
    after: `network N {
  c3 = s2
    -> conv(16, 5, connections=[
      [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [4, 5, 0], [5, 0, 1],
      [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [3, 4, 5, 0], [4, 5, 0, 1], [5, 0, 1, 2],
      [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5],
    ])
}
`,
  },
  {
    name: 'long conditions, sums, heads, imports, returns and expectations',
    before: `from "./a_file_with_a_long_name.cnn" import some_block, another_block as other, yet_another_block, last_block
block f(x: tensor) {
  for first_tensor in x -> some_block(64) -> another_block(128) -> yet_another_block(256) -> last_block(512) { y = first_tensor }
  k = some_quite_long_number + another_quite_long_number - yet_another_quite_long_number * some_factor
  z = if some_quite_long_condition == 3 then x -> some_quite_long_layer(64) else x -> another_long_layer(64)
  expect some_quite_long_number < another_quite_long_number and yet_another_number == 33, "Table 3 says so"
  return some_quite_long_tensor -> conv(64, 3), another_quite_long_tensor -> conv(64, 3), last_of_the_tensors
}`,
    after: `from "./a_file_with_a_long_name.cnn" import some_block,
  another_block as other,
  yet_another_block,
  last_block

block f(x: tensor) {
  for first_tensor in x
      -> some_block(64)
      -> another_block(128)
      -> yet_another_block(256)
      -> last_block(512) {
    y = first_tensor
  }
  k = some_quite_long_number
    + another_quite_long_number
    - yet_another_quite_long_number * some_factor
  z = if some_quite_long_condition == 3
    then x -> some_quite_long_layer(64)
    else x -> another_long_layer(64)
  expect some_quite_long_number < another_quite_long_number and yet_another_number == 33,
    "Table 3 says so"
  return some_quite_long_tensor -> conv(64, 3),
    another_quite_long_tensor -> conv(64, 3),
    last_of_the_tensors
}
`,
  },
  {
    name: 'comments keep their lines and take the indentation',
    before: `#top
## Documentation of the file.

## Documentation of f.
block f(x: tensor) { # why

    # first

      # second
  y = x# close
       ## about z
  z = y     # far

  # last

}
# after
# before g

block g(x: tensor) { return x } # end
network N {
# only
}
#bottom`,
    after: `#top
## Documentation of the file.

## Documentation of f.
block f(x: tensor) {  # why
  # first

  # second
  y = x  # close
  ## about z
  z = y     # far

  # last
}
# after
# before g

block g(x: tensor) { return x }  # end

network N {
  # only
}
#bottom
`,
  },
  {
    name: 'comments in a column stay in a column',
    before: `network N {
      a = 1       # one
      long  =  2  # two
      c=3         # three
      d = 4    # apart
}`,
    after: `network N {
  a = 1     # one
  long = 2  # two
  c = 3     # three
  d = 4    # apart
}
`,
  },
  {
    name: 'comments inside statements',
    before: `network N {
  x = image # in
    # first stage
    -> conv(64, # channels
      3) -> relu
  y = f(a # one
    , b # two
  )
  z = [
    1, 2, # pair
    # nothing
  ]
}`,
    after: `network N {
  x = image  # in
    # first stage
    -> conv(
      64,  # channels
      3,
    )
    -> relu
  y = f(
    a,  # one
    b,  # two
  )
  z = [
    1, 2,  # pair
    # nothing
  ]
}
`,
  },
  {
    name: 'what is half-written stays, the rest is formatted',
    before: `network N {
    input x:3x8x8
    a=x->conv( 64,
    b=x->relu
    c  =  x -> (  # open
    d=3 @ 4
    for i in  [1,2 {
        e=i
    }
    f=1;g=2
    output y=b
}`,
    after: `network N {
  input x: 3x8x8
  a=x->conv( 64,
  b = x -> relu
  c  =  x -> (  # open
  d=3 @ 4
  for i in  [1,2 {
    e = i
  }
  f=1;g = 2
  output y = b
}
`,
  },
  {
    name: 'a declaration with a lost brace stays, the others are formatted',
    before: `block a(x:tensor) {
    y=x
    return y
block b(x:tensor) {
    return x->relu
}
block c(x:tensor) {
    return x }
  }
network N{
  input x:3x8x8
}`,
    after: `block a(x:tensor) {
    y=x
    return y

block b(x: tensor) {
  return x -> relu
}

block c(x:tensor) {
    return x }
  }

network N {
  input x: 3x8x8
}
`,
  },
  { name: 'nothing', before: '', after: '' },
  { name: 'nothing but white space', before: ' \n\t\n', after: '' },
  { name: 'nothing but comments', before: '\n\n# a\n\n\n  # b  ', after: '# a\n\n# b\n' },
  { name: 'carriage returns stay', before: 'A=1\r\n\r\n\r\nB = 2', after: 'A = 1\r\n\r\nB = 2\r\n' },
  { name: 'a byte order mark stays', before: '\uFEFFA=1', after: '\uFEFFA = 1\n' },
  {
    name: 'numbers, sizes and strings are untouched',
    before: 'A=[1_000,4.10G,3x03,1E-3,"a  b"]',
    after: 'A = [1_000, 4.10G, 3x03, 1E-3, "a  b"]\n',
  },
]
