import { describe, expect, test } from 'vitest'
import { referenceOf, referencesIn } from '../../scripts/docs/references'

const read = (text: string) => referencesIn(text).map(({ authors, year }) => `${authors} ${year}`)

describe('references in the documentation of an example', () => {
  test('end at the year, and what follows it is left out', () => {
    const [reference] = referencesIn(
      'A. Bo, C.-D. van der Eck: On Nets: A\nStudy. Proc. 8(2), 1998; section 2.',
    )
    expect(reference?.text).toBe('A. Bo, C.-D. van der Eck: On Nets: A Study. Proc. 8(2), 1998')
  })

  test('shorten their authors', () => {
    expect(read('A. Bo: Nets. CVPR 2016.')).toEqual(['Bo 2016'])
    expect(read('A. Bo, C.-D. van der Eck: Nets, 2016; table 1.')).toEqual(['Bo & van der Eck 2016'])
    expect(read('A. B. Bo, C. Du, E. Fé: Nets. CVPR 2016.')).toEqual(['Bo et al. 2016'])
    expect(read('A. Bo et al.: Nets, 2016.')).toEqual(['Bo et al. 2016'])
  })

  test('follow each other line by line, also where a line of authors begins with initials', () => {
    const text = 'A. Bo, C. Du,\nE. Fo: Nets. CVPR 2016; table 1.\nG. Hu: More Nets. ICLR 2017.'
    expect(read(text)).toEqual(['Bo et al. 2016', 'Hu 2017'])
  })

  test('are not other sentences with a year', () => {
    expect(read('The net that won in 2012.\n\nAs in Bo (2011): two layers. 1999 was earlier.')).toEqual([])
  })

  test("stand for a network by the year that its own text names, or else in the file's order", () => {
    const references = referencesIn('A. Bo: Nets. CVPR 2016.\nA. Bo: More Nets. CVPR 2017.')
    expect(referenceOf(references, 'Table 1 of More Nets (2017).')?.year).toBe(2017)
    expect(referenceOf(references, 'Table 1, as in 2012.')?.year).toBe(2016)
    expect(referenceOf(references)?.year).toBe(2016)
    expect(referenceOf([])).toBeUndefined()
  })
})
