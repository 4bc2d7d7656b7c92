/** Layers whose weights are used more than once. */
import type { ImportGraph, Operation } from '../graph/graph'
import { showCall } from './call'
import { type Namer, wantedName } from './names'

export interface SharedUse {
  readonly name: string
  /** Whether it is the first use, before which the layer is declared. */
  readonly declares: boolean
}

/** The operations that use weights which another uses too, with the name of what they share. */
export function sharedUses({ operations }: ImportGraph, names: Namer): ReadonlyMap<Operation, SharedUse> {
  const users = new Map<string, Operation[]>()
  for (const operation of operations) {
    const key = operation.weights[0]?.name
    if (key === undefined || operation.inputs.length === 0) continue
    const known = users.get(key) ?? []
    known.push(operation)
    users.set(key, known)
  }
  const uses = new Map<Operation, SharedUse>()
  for (const sharing of users.values()) {
    const [first] = sharing
    if (sharing.length < 2 || first === undefined) continue
    if (!sharing.every((operation) => showCall(operation) === showCall(first))) continue
    const name = names.name(`shared_${wantedName(first)}`)
    for (const [i, operation] of sharing.entries()) uses.set(operation, { name, declares: i === 0 })
  }
  return uses
}
