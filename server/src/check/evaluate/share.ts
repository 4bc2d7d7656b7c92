import type { Expression } from '../../../../grammar/tree'
import type { Weight } from '../../model/layer'
import type { Env, Use } from './state'

/** Whose weights an application uses: its own, those of an earlier layer, or none that fit. */
export type Ownership =
  | { readonly kind: 'own' }
  | { readonly kind: 'shared'; readonly with: number }
  | { readonly kind: 'differs'; readonly first: string }

/**
 * Finds the weights for one application inside the uses of shared layers that are running. Each use meets the
 * places that make weights in the same order; the n-th run of a place takes the n-th weights made there.
 */
export function weightOwner(site: Expression, weights: readonly Weight[], id: number, env: Env): Ownership {
  const spelled = spellWeights(weights)
  const missing: { made: { id: number; weights: string }[]; index: number }[] = []
  let found: { readonly id: number; readonly weights: string } | undefined
  for (let i = env.state.sharing.length - 1; i >= 0 && found === undefined; i--) {
    const { set, counts } = env.state.sharing[i] as Use
    const index = counts.get(site) ?? 0
    counts.set(site, index + 1)
    let made = set.made.get(site)
    if (made === undefined) {
      made = []
      set.made.set(site, made)
    }
    found = made[index]
    if (found === undefined) missing.push({ made, index })
  }
  const owner = found ?? { id, weights: spelled }
  for (const { made, index } of missing) made[index] = owner
  if (found === undefined) return { kind: 'own' }
  return found.weights === spelled
    ? { kind: 'shared', with: found.id }
    : { kind: 'differs', first: found.weights }
}

/** The shapes of a layer's weights in words: `64×3×7×7 + 64`. */
export function spellWeights(weights: readonly Weight[]): string {
  return weights.map(({ shape }) => shape.join('×')).join(' + ')
}
