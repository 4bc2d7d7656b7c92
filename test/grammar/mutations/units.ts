import type {
  Block,
  Body,
  Constant,
  For,
  If,
  Import,
  Network,
  Range,
  SourceFile,
  Statement,
} from '../../../grammar/tree'
import { sexpr } from '../sexpr'

/** A statement, a declaration's head or the head of a `for` or an `if`: what a half-written line may cost. */
export interface Unit {
  /** What was read, without the bodies. */
  readonly tree: string
  /** The heads around it, outermost first. */
  readonly around: readonly Unit[]
  /** From its first character to the end of the statement, of the head without its `{`. */
  readonly range: Range
  readonly isHead: boolean
}

/** All units of a tree in the order of the text. */
export function unitsOf(file: SourceFile): Unit[] {
  const units: Unit[] = []
  for (const item of file.items) addUnits(item, [], units)
  return units
}

function addUnits(
  node: Import | Constant | Block | Network | Statement,
  around: readonly Unit[],
  units: Unit[],
): void {
  switch (node.kind) {
    case 'block':
    case 'network': {
      const params = node.params.map(sexpr).join(' ')
      addHead(node, `(${node.kind} ${sexpr(node.name)} [${params}])`, node.body, around, units)
      return
    }
    case 'for': {
      const names = node.names.map(sexpr).join(',')
      addHead(node, `(for ${names} ${sexpr(node.iterable)})`, node.body, around, units)
      return
    }
    case 'if':
      addBranches(node, around, units)
      return
    default:
      units.push({ tree: sexpr(node), around, range: { start: node.start, end: node.end }, isHead: false })
  }
}

function addHead(
  node: Block | Network | For | If,
  tree: string,
  body: Body,
  around: readonly Unit[],
  units: Unit[],
): Unit {
  const unit: Unit = { tree, around, range: { start: node.start, end: body.start }, isHead: true }
  units.push(unit)
  addBody(body, [...around, unit], units)
  return unit
}

function addBranches(node: If, around: readonly Unit[], units: Unit[]): void {
  const unit = addHead(node, `(if ${sexpr(node.condition)})`, node.then, around, units)
  if (node.else?.kind === 'if') addBranches(node.else, [...around, unit], units)
  else if (node.else) {
    const branch: Unit = {
      tree: '(else)',
      around: [...around, unit],
      range: { start: node.then.end, end: node.else.start },
      isHead: true,
    }
    units.push(branch)
    addBody(node.else, [...around, unit, branch], units)
  }
}

function addBody(body: Body, around: readonly Unit[], units: Unit[]): void {
  for (const statement of body.statements) addUnits(statement, around, units)
}

/**
 * How a text with a fault compares with the text before: the units that were lost, all but the one the fault is in.
 * A unit is kept when it is read as before, in the same order, inside the same heads.
 */
export function lostUnits(before: readonly Unit[], mutant: SourceFile, faulty: Unit | undefined): Unit[] {
  const after = unitsOf(mutant)
  const lost: Unit[] = []
  let next = 0
  for (const unit of before) {
    if (unit === faulty) continue
    const found = after.findIndex((candidate, i) => i >= next && isSame(unit, candidate, faulty))
    if (found < 0) lost.push(unit)
    else next = found + 1
  }
  return lost
}

/** What the fault did to its own head changes nothing for what stands inside. */
function isSame(unit: Unit, candidate: Unit, faulty: Unit | undefined): boolean {
  if (unit.tree !== candidate.tree) return false
  if (faulty && unit.around.includes(faulty)) return true
  return unit.around.map(({ tree }) => tree).join() === candidate.around.map(({ tree }) => tree).join()
}
