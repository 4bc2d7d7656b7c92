import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'
import { decoded, readStream } from './files'
import { printable, printableText } from './printable'

/** One of the two streams that the command line prints to. */
export interface Output {
  write(text: string): void
  /** Adds colour and weight where the stream shows them, and returns the text unchanged elsewhere. */
  paint: Paint
  /** The width in columns of the terminal that watches; undefined when the stream is a pipe or a file. */
  readonly columns: number | undefined
}

export type Paint = (style: Style, text: string) => string
type Style = Parameters<typeof styleText>[0]

/** Everything that a command may touch of the world outside, files apart. */
export interface Terminal {
  readonly out: Output
  readonly err: Output
  /**
   * Reads standard input to its end.
   * @throws what `reason` puts into words, for what is too long or not UTF-8.
   */
  readonly readInput: () => Promise<string>
}

/** Says on standard error what could not be done. Names in the message may hold anything. */
export function complain({ err }: Terminal, message: string): void {
  err.write(`${err.paint('red', 'cnnlint:')} ${printable(message)}\n`)
}

/** Prints a text that is the result of a command: as it is for programs, and so that no terminal obeys it. */
export function writeText(text: string, { out }: Terminal): void {
  out.write(out.columns === undefined ? text : printableText(text))
}

export function processTerminal(): Terminal {
  return { out: output(process.stdout), err: output(process.stderr), readInput }
}

function output(stream: WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    paint: showsColours(stream) ? coloured : plain,
    columns: stream.isTTY ? stream.columns : undefined,
  }
}

/**
 * NO_COLOR wins (https://no-color.org), then FORCE_COLOR, through a pipe as well (https://force-color.org); a
 * variable that is empty says nothing. Otherwise a terminal decides by its abilities.
 */
function showsColours(stream: WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env
  if (NO_COLOR) return false
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return stream.isTTY && stream.hasColors()
}

/** What `--color` can be; the first is what holds without it. */
export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const
export type ColourChoice = (typeof COLOUR_CHOICES)[number]

/** The terminal with its colours as the user asked for them on the command line, whatever the environment says. */
export function withColours(terminal: Terminal, choice: ColourChoice): Terminal {
  if (choice === 'auto') return terminal
  const paint = choice === 'always' ? coloured : plain
  return { ...terminal, out: { ...terminal.out, paint }, err: { ...terminal.err, paint } }
}

function plain(_: Style, text: string): string {
  return text
}

/** The decision has been made: newer versions of Node would look at standard output once more. */
function coloured(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false })
}

async function readInput(): Promise<string> {
  return decoded(await readStream(process.stdin))
}
