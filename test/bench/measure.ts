const MIN_RUNS = 5
const MAX_RUNS = 200

export interface MeasureOptions<T> {
  /** Makes what each run is given; its time does not count. */
  readonly prepare?: () => T
  /** How long to measure, in milliseconds. */
  readonly budget?: number
}

/**
 * The median time of an action in milliseconds. It is run a few times unmeasured first, so that the machine
 * code is there; then until the budget is used up.
 */
export async function measure<T>(
  action: (given: T) => unknown,
  { prepare, budget = 1500 }: MeasureOptions<T> = {},
): Promise<number> {
  const run = async () => {
    const given = prepare?.() as T
    const start = performance.now()
    await action(given)
    return performance.now() - start
  }
  const warm = performance.now() + budget / 3
  do await run()
  while (performance.now() < warm)
  const times: number[] = []
  const end = performance.now() + budget
  while (times.length < MIN_RUNS || (performance.now() < end && times.length < MAX_RUNS))
    times.push(await run())
  return median(times)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle] as number
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
