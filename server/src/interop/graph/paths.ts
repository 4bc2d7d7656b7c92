import type { ModuleStep } from './graph'

/** The modules that several paths begin with. */
export function commonSteps(paths: readonly (readonly ModuleStep[])[]): readonly ModuleStep[] {
  const [first = [], ...others] = paths
  const end = first.findIndex((step, i) => others.some((other) => other[i]?.name !== step.name))
  return end < 0 ? first : first.slice(0, end)
}

/** Whether a step is an item of a container, which has a number for a name. */
export function isNumber(name: string): boolean {
  return /^\d+$/.test(name)
}
