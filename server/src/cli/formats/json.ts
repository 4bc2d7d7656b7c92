/** JSON that is laid out for reading, with lists of numbers on one line, and ends with a line end. */
export function printJson(value: unknown): string {
  // A string of JSON has no line end inside, so that only lists of numbers can match.
  const text = JSON.stringify(value, null, 2).replace(
    /\[\n\s*((?:null|[-+.\de]+)(?:,\n\s*(?:null|[-+.\de]+))*)\n\s*\]/g,
    (_, numbers: string) => `[${numbers.replace(/\n\s*/g, ' ')}]`,
  )
  return `${text}\n`
}
