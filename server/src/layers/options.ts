/** Reads bound options by name, for those who know of a layer no more than that it has such an option. */
import type { LayerOptions } from '../model/layer'

interface HasOptions {
  readonly options: LayerOptions
}

/** Undefined where there is no such option, or its value is no number. */
export function numberOption({ options }: HasOptions, name: string): number | undefined {
  const value = options[name]
  return typeof value === 'number' ? value : undefined
}

/** Undefined where there is no such option, or its value is no list: lists that are bound hold numbers. */
export function numbersOption({ options }: HasOptions, name: string): readonly number[] | undefined {
  const value = options[name]
  return Array.isArray(value) ? value : undefined
}
