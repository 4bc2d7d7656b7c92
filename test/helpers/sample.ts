/** Whether only a part is tried of what is otherwise tried in full: `npm run test:quick`. */
export const IS_QUICK = process.env.CNNLINT_TESTS === 'quick'

/** In a quick run `few` of the items, evenly chosen and always the same ones; otherwise all of them. */
export function sampled<T>(items: readonly T[], few: number): readonly T[] {
  if (!IS_QUICK || items.length <= few) return items
  return Array.from({ length: few }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / few)] as T)
}
