import { COMMANDS, OBEYED } from '../printable'

/** JSON that is laid out for reading, with lists of numbers on one line, and ends with a line end. */
export function printJson(value: unknown): string {
  // A string of JSON has no line end inside, so that only lists of numbers can match.
  const text = JSON.stringify(value, null, 2).replace(
    /\[\n\s*((?:null|[-+.\de]+)(?:,\n\s*(?:null|[-+.\de]+))*)\n\s*\]/g,
    (_, numbers: string) => `[${numbers.replace(/\n\s*/g, ' ')}]`,
  )
  return `${harmless(text)}\n`
}

/** What a terminal or a build server would obey is escaped, so that the value stays what it is. */
function harmless(json: string): string {
  return json
    .replace(OBEYED, (character) => (character === '\n' ? character : escaped(character)))
    .replace(COMMANDS, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
