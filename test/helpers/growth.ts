/** How the work for a text grows with its length, by the time of the processor: a busy machine does not change it. */

/** What is linear takes four times as long for four times as much, what grows with the square sixteen times. */
export const LINEAR = 9

/** How many times longer a run takes for `size` than for a quarter of it. */
export function growth(run: (size: number) => void, size: number): number {
  const small = Math.min(cost(run, size / 4), cost(run, size / 4))
  const large = Math.min(cost(run, size), cost(run, size))
  return large / Math.max(small, LEAST)
}

/** Microseconds below which a measurement says nothing. */
const LEAST = 2_000

function cost(run: (size: number) => void, size: number): number {
  const before = process.cpuUsage()
  run(size)
  const { user, system } = process.cpuUsage(before)
  return user + system
}
