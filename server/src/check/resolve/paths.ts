/** What names stand for while a body runs, where paths part and meet. */

/** Where paths meet, a name has the value of any of several bindings; those of loops may lead in a circle. */
export interface Meeting<T> {
  readonly of: (T | Meeting<T>)[]
}

type Source<T> = T | Meeting<T>

/** The names of one body at the point that its evaluation has come to. */
export interface Paths<T extends object> {
  /** What a name stands for now: the body's own binding, else what surrounds the body. */
  seen(name: string): Source<T> | undefined
  /** What a name of the body's own stands for now. */
  own(name: string): Source<T> | undefined
  set(name: string, source: Source<T>): void
  /** Ends the present path, as a `return` does: what follows on it is not met by other paths. */
  end(): void
  /** Ways of which one is taken: afterwards a name stands for what it was on any way that goes on. */
  branches(ways: readonly (() => void)[]): void
  /**
   * What runs any number of times, also never: the names that a round binds may have the value of an earlier one.
   * What it binds is gone afterwards but for these.
   */
  loop(names: Iterable<string>, round: () => void): void
}

export function createPaths<T extends object>(surrounding: ReadonlyMap<string, T>): Paths<T> {
  const now = new Map<string, Source<T>>()
  /** The changes of `now`, to take a branch's back. */
  const log: { readonly name: string; readonly before: Source<T> | undefined }[] = []
  let ended = false

  const seen = (name: string) => now.get(name) ?? surrounding.get(name)

  function set(name: string, source: Source<T>): void {
    log.push({ name, before: now.get(name) })
    now.set(name, source)
  }

  /** Takes the changes since a point of the log back; they are returned. */
  function takeBack(to: number): ReadonlyMap<string, Source<T>> {
    const changes = new Map<string, Source<T>>()
    for (const { name, before } of log.splice(to).reverse()) {
      const changed = now.get(name)
      if (changed !== undefined && !changes.has(name)) changes.set(name, changed)
      if (before === undefined) now.delete(name)
      else now.set(name, before)
    }
    return changes
  }

  function branches(ways: readonly (() => void)[]): void {
    const before = ended
    const ends = ways.map((way) => {
      const at = log.length
      ended = before
      way()
      return { changes: takeBack(at), ended }
    })
    const open = ends.filter((end) => !end.ended)
    const meeting = open.length > 0 ? open : ends
    for (const name of new Set(meeting.flatMap(({ changes }) => [...changes.keys()]))) {
      const of = meeting.flatMap(({ changes }) => changes.get(name) ?? seen(name) ?? [])
      const [only] = of
      set(name, of.length === 1 && only !== undefined ? only : { of })
    }
    ended = before || open.length === 0
  }

  function loop(names: Iterable<string>, round: () => void): void {
    const before = ended
    const heads = [...names].map((name) => {
      const outer = seen(name)
      const meeting: Meeting<T> = { of: outer ? [outer] : [] }
      set(name, meeting)
      return { name, meeting }
    })
    const at = log.length
    round()
    for (const { name, meeting } of heads) {
      const last = now.get(name)
      if (!ended && last !== undefined && last !== meeting) meeting.of.push(last)
    }
    takeBack(at)
    ended = before
  }

  return {
    seen,
    own: (name) => now.get(name),
    set,
    end() {
      ended = true
    },
    branches,
    loop,
  }
}
