import { expect, test } from 'vitest'
import { foldingRanges } from '../../server/src/features/folding'
import { viewed } from './view'

/** The text with the fold that starts on a line written behind it: its last line counted from 1, and its kind. */
function folded(text: string): string {
  const { view, text: plain } = viewed(text)
  const { file, uri } = view.analysis
  const folds = foldingRanges(file, view.lines(uri))
  return plain
    .split('\n')
    .map((line, i) => {
      const fold = folds.find(({ startLine }) => startLine === i)
      return fold === undefined
        ? line
        : `${line} ▸${fold.endLine + 1}${fold.kind === undefined ? '' : ` ${fold.kind}`}`
    })
    .join('\n')
}

test('bodies, flows, calls and lists fold, and what closes them stays in sight', () => {
  expect(
    folded(`
      block unit(
        x: tensor, width,
      ) {
        y = x
          -> conv(width, 3, padding=1)
          -> relu
        if width > 3 {
          y = y -> relu
        } else {
          y = y -> tanh
        }
        return concat(
          y,
          x -> conv(
            8,
            1,
          ),
        )
      }
      sizes = [
        1,
        2,
      ]
      one = [1]
    `),
  ).toBe(`block unit( ▸2
  x: tensor, width,
) { ▸18
  y = x ▸6
    -> conv(width, 3, padding=1)
    -> relu
  if width > 3 { ▸8
    y = y -> relu
  } else { ▸10
    y = y -> tanh
  }
  return concat( ▸17
    y,
    x -> conv( ▸16
      8,
      1,
    ),
  )
}
sizes = [ ▸22
  1,
  2,
]
one = [1]
`)
})

test('imports fold together, comments that follow each other too, and regions', () => {
  expect(
    folded(`
      ## What the file is about,
      ## in two lines.

      from "./a.cnn" import a
      # In between.
      from "./b.cnn" import b

      # region sizes
      SIZE = 3
      # One.
      # Two.
      OTHER = 4  # not alone
      # endregion
    `),
  ).toBe(`## What the file is about, ▸2 comment
## in two lines.

from "./a.cnn" import a ▸6 imports
# In between.
from "./b.cnn" import b

# region sizes ▸13 region
SIZE = 3
# One. ▸11 comment
# Two.
OTHER = 4  # not alone
# endregion
`)
})

test('a text that is not finished folds as far as it goes', () => {
  expect(folded('network N {\n  input image: [3, 8, 8]\n  y = image -> conv(\n')).toMatch(
    /^network N \{ ▸\d\n/,
  )
  expect(folded('')).toBe('')
})
