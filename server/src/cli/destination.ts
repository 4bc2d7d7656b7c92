/** Where the output of a command goes. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from './command'
import { reason } from './files'
import { isNetworkFile } from './path-names'
import { complain, type Output, type Terminal } from './terminal'

export interface Destination {
  readonly output: Output
  /** Whether everything has come to where it belongs; what has not is said on standard error. */
  readonly end: () => boolean
}

/** A file by its name, whose folders are made where there are none; without a name a stream. */
export function destination(path: string | undefined, stream: Output, terminal: Terminal): Destination {
  if (path === undefined) return { output: stream, end: () => true }
  // The order of the arguments is mistaken easily, and a network would be lost.
  if (isNetworkFile(path)) throw new UsageError(`--output-file: '${path}' is a file of networks`)
  let text = ''
  const output: Output = {
    write: (part) => {
      text += part
    },
    paint: (_, part) => part,
    columns: undefined,
  }
  const end = () => {
    try {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
      return true
    } catch (error) {
      complain(terminal, `cannot write '${path}': ${reason(error)}`)
      return false
    }
  }
  return { output, end }
}
