import picomatch from 'picomatch'

/** Whether a slash-separated path, relative to the folder that the patterns stand in, is meant by them. */
export type PathTest = (path: string) => boolean

/**
 * The test for a list of glob patterns. A pattern without a slash means a name at any depth; one that means a
 * folder means everything in it; one that starts with `!` takes back what patterns before it mean.
 */
export function pathTest(patterns: readonly string[]): PathTest {
  const tests = patterns.map((pattern) => {
    const negated = pattern.startsWith('!')
    return { negated, matches: matcher(negated ? pattern.slice(1) : pattern) }
  })
  return (path) => {
    const last = tests.findLast(({ matches }) => matches(path))
    return last !== undefined && !last.negated
  }
}

const MOST_CHARACTERS = 1000

/** What is wrong with a pattern, as the beginning of a sentence; undefined when it is understood. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > MOST_CHARACTERS) return 'the pattern has more than 1,000 characters'
  try {
    picomatch.makeRe(pattern, { dot: true, windows: false, strictBrackets: true, debug: true })
    return undefined
  } catch {
    return 'the pattern has a bracket or brace without its partner'
  }
}

function matcher(pattern: string): PathTest {
  const tidy = pattern.replace(/^\.?\/+/, '').replace(/\/+$/, '')
  const anchored = tidy.includes('/') || pattern.startsWith('/') || pattern.startsWith('./')
  const glob = anchored ? tidy : `**/${tidy}`
  // The same on every system: the paths have slashes everywhere.
  return picomatch([glob, `${glob}/**`], { dot: true, windows: false })
}
