/** Texts of files, which say what they like, on their way to a terminal. */
/** Terminals obey some characters, and bidirectional marks show a text in another order. */
export const OBEYED = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/**
 * What build servers obey in a line that a program prints: GitHub `::error::` where a line begins, and
 * `##[error]`, Azure `##vso[…]` and TeamCity `##teamcity[…]` anywhere. The first character may stay.
 */
export const COMMANDS = /(?<=(?:^|\s):):|(?<=#)#(?=\w*\[)/g

/**
 * A text on one line in which everything that a terminal or a build server would obey is visible instead. It
 * keeps its length, so that places in it stay what they are.
 */
export function printable(text: string): string {
  return text
    .replace(OBEYED, (character) => (character === '\t' ? ' ' : '\uFFFD'))
    .replace(COMMANDS, '\uFFFD')
}

/** A text of several lines that may have tabs, in which nothing is obeyed. */
export function printableText(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const end = line.endsWith('\r') ? '\r' : ''
      const tabs = line.slice(0, line.length - end.length).split('\t')
      return tabs.map(printable).join('\t') + end
    })
    .join('\n')
}
