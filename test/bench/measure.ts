const MIN_RUNS = 5
const MAX_RUNS = 200

/**
 * The median time of an action in milliseconds. It is run a few times unmeasured first, so that the machine
 * code is there; then until `budget` milliseconds are used up.
 */
export async function measure(action: () => unknown, budget = 1500): Promise<number> {
  const warm = performance.now() + budget / 3
  do await action()
  while (performance.now() < warm)
  const times: number[] = []
  const end = performance.now() + budget
  while (times.length < MIN_RUNS || (performance.now() < end && times.length < MAX_RUNS)) {
    const start = performance.now()
    await action()
    times.push(performance.now() - start)
  }
  return median(times)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle] as number
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
