/** Blocks that are applied to a growing list of tensors, one after the other, become a loop (Huang et al. 2017, §3). */
import type { ImportTensor } from '../graph/graph'
import { type BlockClass, type Element, type Growth, isBlock, TURNS } from './elements'

/** One value for each block, so that loops over the same block are alike. */
export type Growths = Map<BlockClass, Growth>

/** The calls with loops in the place of runs of at least two. */
export function withLoops(elements: readonly Element[], growths: Growths): readonly Element[] {
  const made: Element[] = []
  for (let at = 0; at < elements.length; ) {
    const run = runAt(elements, at)
    const block = run[0]?.callee
    if (run.length < 2 || block === undefined || !isBlock(block)) {
      made.push(elements[at] as Element)
      at++
      continue
    }
    const whole = listAfter(run)
    const rest = elements.slice(at + run.length)
    if (!onlyReadWhole(rest, run, whole)) {
      made.push(...run)
      at += run.length
      continue
    }
    const list: ImportTensor = { shape: undefined }
    const growth = growths.get(block) ?? { grows: block }
    growths.set(block, growth)
    const [first] = run as readonly [Element]
    const loop: Element = {
      ...first,
      callee: growth,
      options: { [TURNS]: run.length, ...first.options },
      outputs: [list],
      operations: run.flatMap(({ operations }) => operations),
    }
    const after = rest.map((element) => (readsAny(element, run) ? { ...element, inputs: [list] } : element))
    return [...made, loop, ...withLoops(after, growths)]
  }
  return made
}

/** Equal calls from one on, each of which reads what the one before read and then what that made. */
function runAt(elements: readonly Element[], at: number): readonly Element[] {
  const [first] = elements.slice(at, at + 1)
  if (first === undefined || !isBlock(first.callee) || first.callee.general.takesList !== true) return []
  const run = [first]
  for (const element of elements.slice(at + 1)) {
    const before = run.at(-1) as Element
    const isNext =
      element.callee === first.callee &&
      JSON.stringify(element.options) === JSON.stringify(first.options) &&
      isSameList(element.inputs, [...before.inputs, ...before.outputs])
    if (!isNext) break
    run.push(element)
  }
  return run
}

function listAfter(run: readonly Element[]): readonly ImportTensor[] {
  const last = run.at(-1) as Element
  return [...last.inputs, ...last.outputs]
}

function readsAny({ inputs }: Element, run: readonly Element[]): boolean {
  return run.some(({ outputs }) => outputs.some((tensor) => inputs.includes(tensor)))
}

/** Whether what reads a result of the run reads the whole list. */
function onlyReadWhole(
  rest: readonly Element[],
  run: readonly Element[],
  whole: readonly ImportTensor[],
): boolean {
  return rest.every((element) => !readsAny(element, run) || isSameList(element.inputs, whole))
}

function isSameList(a: readonly ImportTensor[], b: readonly ImportTensor[]): boolean {
  return a.length === b.length && a.every((tensor, i) => tensor === b[i])
}
