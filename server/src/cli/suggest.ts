import { closest } from '../check/words'

/** `; did you mean 'check'?`, or nothing when no candidate is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const found = closest(name, candidates)
  return found.length === 0 ? '' : `; did you mean ${found.map((text) => `'${text}'`).join(' or ')}?`
}
