import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'
import { printable } from './printable'

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
  /** Reads standard input to its end. */
  readonly readInput: () => Promise<string>
}

/** Says on standard error what could not be done. Names in the message may hold anything. */
export function complain({ err }: Terminal, message: string): void {
  err.write(`${err.paint('red', 'cnnlint:')} ${printable(message)}\n`)
}

export function processTerminal(): Terminal {
  return { out: output(process.stdout), err: output(process.stderr), readInput }
}

function output(stream: WriteStream): Output {
  const colours = showsColours(stream)
  return {
    write: (text) => void stream.write(text),
    paint: (style, text) => (colours ? styleText(style, text) : text),
    columns: stream.isTTY ? stream.columns : undefined,
  }
}

/** A terminal decides by its abilities and by NO_COLOR; FORCE_COLOR wins, through a pipe as well. */
function showsColours(stream: WriteStream): boolean {
  const forced = process.env.FORCE_COLOR
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return stream.isTTY && stream.hasColors()
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
