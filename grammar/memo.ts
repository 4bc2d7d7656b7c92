/**
 * A function that makes its result for an object once and keeps it as long as the object is there. The result must
 * depend on nothing else.
 */
export function memo<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>()
  return (key) => {
    const kept = known.get(key)
    if (kept !== undefined || known.has(key)) return kept as V
    const made = make(key)
    known.set(key, made)
    return made
  }
}
