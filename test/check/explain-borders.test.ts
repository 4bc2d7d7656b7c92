/** What is said of maps that differ because a border was lost, added or cut, and where the cause is shown. */
import { expect, it } from 'vitest'
import { analyzed } from '../helpers/problems'

/** What is said behind the shapes, and the texts where it began. */
function said(body: string): { readonly why: string; readonly at: readonly string[] } {
  const { analysis } = analyzed(`network N {\n  ${body}\n}\n`)
  const [problem] = analysis.problems
  if (problem === undefined) throw new Error('There is no problem.')
  const causes = problem.related.filter(({ isCause }) => isCause)
  const text = analysis.file.text
  return {
    why: problem.message.replace(/^.*? differ in [^.]*\. /, ''),
    at: causes.map(({ range }) => text.slice(range.start, range.end)),
  }
}

it.each([
  {
    name: 'a border that was lost',
    body: 'input x: 8x32x32\n  output y = add(x, x -> conv(8, 3, padding=1) -> conv(8, 5))',
    why: 'conv(8, 5) without padding makes 28 of 32. Pad it (padding=half), or center_crop the larger map to the smaller.',
    at: ['conv(8, 5)'],
  },
  {
    name: 'too little padding',
    body: 'input x: 8x32x32\n  output y = add(x, x -> conv(8, 5, padding=1))',
    why: 'conv(8, 5, padding=1) makes 30 of 32. Pad it (padding=half), or center_crop the larger map to the smaller.',
    at: ['conv(8, 5, padding=1)'],
  },
  {
    name: 'a border that a stride loses',
    body: 'input x: 8x32x32\n  output y = add(x -> conv(8, 1, stride=2), x -> conv(8, 5, stride=2))',
    why: 'conv(8, 5, stride=2) without padding makes 14 of 32, not 16. Pad it (padding=half), or center_crop the larger map to the smaller.',
    at: ['conv(8, 5, stride=2)'],
  },
  {
    name: 'two texts',
    body: 'input x: 8x32x32\n  output y = add(x, x -> conv(8, 3) -> conv(8, 5))',
    why: 'conv(8, 5) without padding makes 26 of 30, conv(8, 3) without padding makes 30 of 32. Pad them (padding=half), or center_crop the larger map to the smaller.',
    at: ['conv(8, 5)', 'conv(8, 3)'],
  },
  {
    name: 'a convolution that sees ahead',
    body: 'input x: 8x100\n  output y = add(x, x -> conv(8, 3, dilation=2, padding=4))',
    why: 'conv(8, 3, padding=4, dilation=2) is padded by 4 at both ends and makes 104 of 100. Pad the begin alone (padding=[4, 0]), or cut the end off by crop.',
    at: ['conv(8, 3, dilation=2, padding=4)'],
  },
  {
    name: 'too much padding on a map',
    body: 'input x: 8x32x32\n  output y = add(x, x -> conv(8, 3, padding=2))',
    why: 'conv(8, 3, padding=2) makes 34 of 32. Give it less padding, or center_crop the larger map to the smaller.',
    at: ['conv(8, 3, padding=2)'],
  },
  {
    name: 'a transposed convolution',
    body: 'input x: 8x32x32\n  output y = add(x, x -> conv(8, 2, stride=2) -> conv_transpose(8, 4, stride=2))',
    why: 'conv_transpose(8, 4, stride=2) makes 34 of 16, not 32. Pad it: padding makes the output of a transposed convolution smaller.',
    at: ['conv_transpose(8, 4, stride=2)'],
  },
  {
    name: 'what was cut by hand',
    body: 'input x: 8x32x32\n  y = x -> conv(8, 3)\n  output z = add(x -> pad(-2), y)',
    why: 'pad(-2) makes 28 of 32. Let it take the size of the other tensor.',
    at: ['pad(-2)'],
  },
  {
    name: 'a crop of a given size',
    body: 'input x: 8x32x32\n  y = x -> conv(8, 3)\n  output z = add(x -> crop(28), y)',
    why: 'crop(28) makes 28 of 32. Let it take the size of the other tensor.',
    at: ['crop(28)'],
  },
  {
    name: 'a pad for the window behind it',
    body: 'input x: 8x32x32\n  output y = add(x, x -> pad(1) -> conv(8, 5))',
    why: 'pad(1) -> conv(8, 5) makes 30 of 32. Pad it (padding=half), or center_crop the larger map to the smaller.',
    at: ['conv(8, 5)'],
  },
  {
    name: 'windows that lose their borders everywhere, of which none is the cause',
    body: 'input x: 8x32x32\n  output y = add(x, x -> conv(8, 3) -> conv(8, 3) -> conv(8, 3) -> conv(8, 3))',
    why: 'The tensors meet value by value: along every axis the sizes are equal, or one of them is 1. Pad the convolutions of the smaller branch (padding=half), or center_crop the larger map to the smaller.',
    at: [],
  },
  {
    name: 'channels, which differ first',
    body: 'input x: 3x32x32\n  output y = add(x, x -> conv(8, 3))',
    why: 'The tensors meet value by value: along every axis the sizes are equal, or one of them is 1. Give both 3 channels, for instance by conv(3, 1) on the other.',
    at: ['conv(8, 3)'],
  },
])('$name', ({ body, why, at }) => {
  expect(said(body)).toEqual({ why, at })
})
