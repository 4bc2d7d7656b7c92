/** The index of the first of `count` things in order that does not come before what is sought. */
export function firstNotBefore(count: number, comesBefore: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (comesBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}
