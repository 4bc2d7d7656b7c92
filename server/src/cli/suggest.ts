import { closest } from '../check/words'

/** `; did you mean 'check'?`, or nothing when no candidate is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  return suggested(closest(name, candidates))
}

/** The same for names that are found already. */
export function suggested(names: readonly string[]): string {
  return names.length === 0 ? '' : `; did you mean ${names.map((name) => `'${name}'`).join(' or ')}?`
}
