import { shortened } from '../words'

/** How many characters of a call are shown. */
const MOST_SHOWN = 60

/** What to write where a call may be understood in these ways. */
export function readingsAdvice(readings: readonly { readonly text: string }[]): string {
  const calls = readings.map(({ text }) => `\`${shortened(text, MOST_SHOWN)}\``)
  return calls.length === 0 ? 'give each of the others as `name=value`' : `write ${calls.join(' or ')}`
}
