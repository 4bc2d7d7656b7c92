import { equal, hoverOn, matches, open, waitFor, withSetting } from './helpers'

export const tests = {
  'a layer shows its shapes first, then the formula with its numbers': async () => {
    const document = await open('residual.cnn')
    const text = await hoverOn(document, 'conv(16, 3')
    matches(firstLine(text), /3×33×33 → 16×33×33/)
    matches(text, /\(33 \+ 2·1 − 3\)\/1/)
    matches(text, /432/)
  },

  'a bound name shows its shape and its receptive field': async () => {
    const text = await hoverOn(await open('residual.cnn'), 'deep = stem')
    matches(firstLine(text), /32×17×17/)
    matches(text, /receptive field/i)
  },

  'a network shows its totals': async () => {
    const text = await hoverOn(await open('residual.cnn'), 'Small(classes')
    matches(text, /params|parameters/i)
    matches(text, /MACs/)
  },

  'a stage of a block that runs several times shows each distinct run': async () => {
    const text = await hoverOn(await open('blocks.cnn'), 'conv(width, 3, stride=stride')
    matches(text, /16×33×33/)
    matches(text, /32×17×17/)
  },

  'a hover can be cut down to the shapes': async () => {
    const document = await open('residual.cnn')
    const full = await hoverOn(document, 'conv(16, 3')
    await withSetting('hover.details', 'shapes', async () => {
      const short = await waitFor('a shorter hover', async () => {
        const text = await hoverOn(document, 'conv(16, 3')
        return text.length < full.length && text
      })
      equal(firstLine(short), firstLine(full))
    })
  },
}

/** The first line that is not a fence of a code block. */
const firstLine = (markdown: string) =>
  markdown.split('\n').find((line) => line.trim() !== '' && !line.startsWith('```')) ?? ''
