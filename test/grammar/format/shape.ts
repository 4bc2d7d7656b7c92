import { lex } from '../../../grammar/lexer'
import type { SourceFile } from '../../../grammar/tree'

/** The tokens of a text, without the commas that stand before a closing bracket. */
export function tokens(text: string): string[] {
  const images = lex(text).tokens.map(({ image }) => image)
  return images.filter((image, index) => image !== ',' || !/^[)\]]$/.test(images[index + 1] ?? ''))
}

const PLACES = new Set(['start', 'end', 'arrow', 'operatorRange', 'operatorRanges', 'argsRange'])

/** What a tree says, without where it says it. Of problems only the kinds are kept. */
export function shape({ items, doc, problems }: SourceFile): unknown {
  const kinds = problems.map(({ code }) => code)
  return JSON.parse(
    JSON.stringify({ items, doc, kinds }, (key, value) => (PLACES.has(key) ? undefined : value)),
  )
}
