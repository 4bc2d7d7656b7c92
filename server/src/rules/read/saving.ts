/** The words for what a change saves. */
import { showCount } from '../../model/show'

/** A part of a whole in percent, rounded; what is not all of it is never called 100 %. */
export function showShare(part: number, whole: number): string {
  const percent = Math.round((100 * part) / whole)
  return `${part < whole ? Math.min(percent, 99) : percent} %`
}

/** `73,728 (28 % less)`: what is left after a change. */
export function showLess(before: number, after: number): string {
  return `${showCount(after)} (${showShare(before - after, before)} less)`
}

/** `saves 28 % of 102,400 parameters`. */
export function showSaving(before: number, after: number, noun: string): string {
  return `saves ${showShare(before - after, before)} of ${showCount(before)} ${noun}`
}
