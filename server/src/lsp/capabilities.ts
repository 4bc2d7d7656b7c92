import type { ServerCapabilities } from 'vscode-languageserver'

/**
 * One object of all that the parts announce. Objects under the same name are merged.
 * @throws Error when two parts announce the same thing: only one of them could be right
 */
export function mergeCapabilities(parts: readonly ServerCapabilities[]): ServerCapabilities {
  return parts.reduce<ServerCapabilities>((all, part) => merge(all, part), {})
}

function merge(first: object, second: object): object {
  const merged = new Map<string, unknown>(Object.entries(first))
  for (const [name, value] of Object.entries(second)) {
    const known = merged.get(name)
    if (known === undefined) merged.set(name, value)
    else if (isObject(known) && isObject(value)) merged.set(name, merge(known, value))
    else throw new Error(`The capability '${name}' is announced twice.`)
  }
  return Object.fromEntries(merged)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
