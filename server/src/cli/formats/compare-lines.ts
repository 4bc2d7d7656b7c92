/** Which lines of a text were removed and which were added on the way to another text. */

export interface Line {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/** How many changes are searched for at once: what is remembered, and done for a line, grows with them. */
const MOST_CHANGES = 200

/**
 * Lines that lead from one text to the other: the shortest list where they differ in few lines. Where more
 * changes are needed than are searched for at once, the way that came furthest is taken and the search begins
 * anew where it ends, so that the work grows with the number of lines and not with its square.
 */
export function compareLines(a: readonly string[], b: readonly string[]): readonly Line[] {
  const lines: Line[] = []
  for (let [x, y] = [0, 0]; x < a.length || y < b.length; ) {
    for (const line of nextLines({ a, b, x, y })) {
      lines.push(line)
      if (line.mark !== '+') x++
      if (line.mark !== '-') y++
    }
  }
  return lines
}

/** Two texts, and how many lines of each are compared already. */
interface Rest {
  readonly a: readonly string[]
  readonly b: readonly string[]
  readonly x: number
  readonly y: number
}

/**
 * The next lines, one at least (Myers 1986, the greedy algorithm: for each number of changes, how far each
 * diagonal can be followed). Places are counted from where the rest begins.
 */
function nextLines(rest: Rest): readonly Line[] {
  const { a, b } = rest
  const [width, height] = [a.length - rest.x, b.length - rest.y]
  const reached: ReadonlyMap<number, number>[] = []
  let furthest: ReadonlyMap<number, number> = new Map([[1, 0]])
  for (let changes = 0; changes <= MOST_CHANGES; changes++) {
    const next = new Map<number, number>()
    reached.push(furthest)
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = startOf(furthest, diagonal, changes)
      while (x < width && x - diagonal < height && a[rest.x + x] === b[rest.y + x - diagonal]) x++
      next.set(diagonal, x)
      if (x >= width && x - diagonal >= height) return wayBack(reached, rest, width, height)
    }
    furthest = next
  }
  const [x, y] = furthestPlace(furthest, width, height)
  if (x + y > 0) return wayBack(reached, rest, x, y)
  const left = (texts: readonly string[], from: number, mark: Line['mark']) =>
    texts.slice(from).map((text): Line => ({ mark, text }))
  return [...left(a, rest.x, '-'), ...left(b, rest.y, '+')]
}

/** The place inside of both texts that most lines lie before. */
function furthestPlace(furthest: ReadonlyMap<number, number>, width: number, height: number) {
  let [bestX, bestY] = [0, 0]
  for (const [diagonal, x] of furthest) {
    const y = x - diagonal
    if (x <= width && y <= height && x + y > bestX + bestY) [bestX, bestY] = [x, y]
  }
  return [bestX, bestY] as const
}

/** Where a diagonal is entered: from the one above by an added line, or from the one below by a removed one. */
function startOf(furthest: ReadonlyMap<number, number>, diagonal: number, changes: number): number {
  const removed = furthest.get(diagonal - 1) ?? -1
  const added = furthest.get(diagonal + 1) ?? -1
  return isAdded(removed, added, diagonal, changes) ? added : removed + 1
}

function isAdded(removed: number, added: number, diagonal: number, changes: number): boolean {
  return diagonal === -changes || (diagonal !== changes && removed < added)
}

/** The lines before a place in their order, followed from the place back to where the rest begins. */
function wayBack(
  reached: readonly ReadonlyMap<number, number>[],
  { a, b, x: x0, y: y0 }: Rest,
  endX: number,
  endY: number,
): readonly Line[] {
  const lines: Line[] = []
  let [x, y] = [endX, endY]
  for (let changes = reached.length - 1; changes >= 0; changes--) {
    const furthest = reached[changes] as ReadonlyMap<number, number>
    const diagonal = x - y
    const start = startOf(furthest, diagonal, changes)
    while (x > start && x > 0 && y > 0) {
      lines.push({ mark: ' ', text: a[x0 + --x] as string })
      y--
    }
    if (changes === 0) break
    const removed = furthest.get(diagonal - 1) ?? -1
    const added = furthest.get(diagonal + 1) ?? -1
    if (isAdded(removed, added, diagonal, changes)) lines.push({ mark: '+', text: b[y0 + --y] as string })
    else lines.push({ mark: '-', text: a[x0 + --x] as string })
  }
  return lines.reverse()
}
