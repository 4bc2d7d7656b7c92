import { printable } from './printable'
import type { Output } from './terminal'
import { truncate } from './width'

/** Runs shorter than this print nothing, in milliseconds. */
const PATIENCE = 500
const INTERVAL = 100
const ERASE_LINE = '\r\u001B[2K'

/** Shows how far a long run has come, where a terminal watches; it leaves nothing behind. */
export function progress({ write, columns }: Output, what: string, total: number) {
  let done = 0
  let next = performance.now() + PATIENCE
  let shown = false
  return {
    step(name: string) {
      done++
      if (columns === undefined || performance.now() < next) return
      write(ERASE_LINE + truncate(`${what} ${done}/${total} ${printable(name)}`, columns - 1))
      next = performance.now() + INTERVAL
      shown = true
    },
    end() {
      if (shown) write(ERASE_LINE)
    },
  }
}
