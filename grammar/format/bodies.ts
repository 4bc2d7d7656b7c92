import type { Body, Item, Range, SourceFile, Statement } from '../tree'
import { type Builder, createBuilder } from './builder'
import { type Context, extent, type GapPlace, note, separate, writeGapAsItIs, writeVerbatim } from './context'
import type { Faults } from './faults'
import { indentationAt } from './gap'
import { type Group, INDENT, MAX_WIDTH, writeFlat, writeGroup } from './layout'
import type { Source } from './source'
import { type Compound, inline, isCompound, type Section, sectionsOf, simpleStatement } from './statements'
import type { Writer } from './writer'

/** The flow of a head that has several lines stands deeper than the body below. */
const HEAD_STEP = 2 * INDENT

/** What a body on one line has around its statement; the width of a line is measured without. */
const BRACES = '{  }'

/** Writes a whole file; gives the extents of its statements, heads and closing braces, in order. */
export function writeFile(source: Source, file: SourceFile, faults: Faults, writer: Writer): Range[] {
  const context: Context = { source, faults, writer, units: [] }
  const end = source.tokens.length
  writeSequence(context, file.items, 0, end, 0)
  separate(context, end, 0, 'end')
  note(context, end, end)
  return context.units
}

/** Writes statements or declarations that stand among the tokens from `first` to before `last`. */
function writeSequence(
  context: Context,
  nodes: readonly (Item | Statement)[],
  first: number,
  last: number,
  depth: number,
): void {
  const { source, faults } = context
  const starts = nodes.map((node) => Math.min(Math.max(source.indexAt(node.start), first), last))
  let before: Run | undefined
  let uncertain = false
  const write = (from: number, to: number, node: Item | Statement | undefined, place: GapPlace): void => {
    if (from >= to) return
    const range = extent(source, from, to)
    // Of what follows a brace without partner nobody knows where it belongs, up to the next declaration.
    const follows = uncertain && !(node && isCompound(node))
    uncertain = depth === 0 && (follows || faults.keep(range))
    const exact = depth === 0 && (uncertain || !node || (!isCompound(node) && faults.any(range)))
    if (before && (follows || sharesFaultyLine(context, before, from, to))) {
      writeGapAsItIs(context, from)
    } else {
      const indent = exact ? indentationAt(source.text, (source.tokens[from] as Range).start) : depth * INDENT
      separate(context, from, indent, place)
    }
    const read = node !== undefined && !exact && writeNode(context, node, from, to, depth)
    if (!read) writeVerbatim(context, from, to, exact)
    before = { from, read }
  }
  write(first, starts[0] ?? last, undefined, 'start')
  nodes.forEach((node, index) => {
    const from = starts[index] as number
    const previous = nodes[index - 1]
    const declares = previous && depth === 0 && (isCompound(previous) || isCompound(node))
    const place = from === first ? 'start' : declares ? 'declarations' : 'between'
    write(from, starts[index + 1] ?? last, node, place)
  })
}

interface Run {
  readonly from: number
  /** Whether it is what the tree says. */
  readonly read: boolean
}

/** Where one of two statements on one line is half-written, nobody knows what a line end between them does. */
function sharesFaultyLine({ source, faults }: Context, before: Run, first: number, last: number): boolean {
  return !source.gap(first).newline && (!before.read || faults.any(extent(source, before.from, last)))
}

/** Writes a statement or declaration; false, with nothing written, if its text is not what the tree says. */
function writeNode(
  context: Context,
  node: Item | Statement,
  first: number,
  last: number,
  depth: number,
): boolean {
  if (!isCompound(node)) return writeRun(context, first, last, (builder) => simpleStatement(builder, node))
  const { source, faults } = context
  const range = extent(source, first, last)
  if (faults.any(range) && !/[\r\n]/.test(source.text.slice(range.start, range.end))) return false
  return writeInline(context, node, first, last) || writeSections(context, node, first, last, depth)
}

/** Writes tokens as they are meant to stand; false, with nothing written, if they are not what the tree says. */
function writeRun(
  context: Context,
  first: number,
  last: number,
  build: (builder: Builder) => void,
  step = INDENT,
): boolean {
  const group = buildRun(context, first, last, build)
  if (!group) return false
  writeGroup(context.writer, group, 0, step)
  note(context, first, last)
  return true
}

function buildRun(
  { source, faults }: Context,
  first: number,
  last: number,
  build: (builder: Builder) => void,
): Group | undefined {
  if (faults.any(extent(source, first, last))) return undefined
  const builder = createBuilder(source, first, last)
  build(builder)
  return builder.finish()
}

/** Writes a statement with its body on one line, if it was so written and holds one simple statement. */
function writeInline(context: Context, node: Compound, first: number, last: number): boolean {
  const { text } = context.source
  const oneLine = ({ body }: Section) =>
    body.statements.length === 0 || !/[\r\n]/.test(text.slice(body.start, body.end))
  const sections = sectionsOf(node)
  if (!sections.every((section) => oneLine(section) && inline.admits(section))) return false
  const group = buildRun(context, first, last, (builder) => inline.build(builder, sections))
  if (!group || context.writer.column + group.width - BRACES.length > MAX_WIDTH) return false
  writeFlat(context.writer, group.parts)
  note(context, first, last)
  return true
}

/** Writes heads and bodies; false, with nothing written, if the text lacks a brace. */
function writeSections(
  context: Context,
  node: Compound,
  first: number,
  last: number,
  depth: number,
): boolean {
  const { source, writer } = context
  const sections = sectionsOf(node)
  const braces = sections.map(({ body }) => bracesOf(source, body))
  if (braces.some((pair) => !pair || pair.close >= last)) return false
  let from = first
  sections.forEach(({ head, body }, index) => {
    const { open, close } = braces[index] as Braces
    if (index > 0) {
      if (source.gap(from).comments.length > 0) separate(context, from, depth * INDENT, 'between')
      else writer.literal(' ')
    }
    const build = (builder: Builder): void => {
      head(builder)
      builder.glue(' ')
      builder.take('{')
    }
    if (!writeRun(context, from, open + 1, build, HEAD_STEP)) writeVerbatim(context, from, open + 1, false)
    writeSequence(context, body.statements, open + 1, close, depth + 1)
    const empty = close === open + 1 && source.gap(close).comments.length === 0
    if (!empty) separate(context, close, depth * INDENT, 'end')
    writer.token(source.tokens[close] as Range)
    note(context, close, close + 1)
    from = close + 1
  })
  if (from < last) writeRest(context, from, last, depth)
  return true
}

/** What follows a statement and belongs to nothing stays on its line. */
function writeRest(context: Context, first: number, last: number, depth: number): void {
  const { source } = context
  const exact = depth === 0
  const indent = exact ? indentationAt(source.text, (source.tokens[first] as Range).start) : depth * INDENT
  if (source.gap(first).newline) separate(context, first, indent, 'between')
  else writeGapAsItIs(context, first)
  writeVerbatim(context, first, last, exact)
}

interface Braces {
  readonly open: number
  readonly close: number
}

function bracesOf(source: Source, body: Body): Braces | undefined {
  const open = source.indexAt(body.start)
  const close = source.indexAt(body.end) - 1
  const found = source.reads(open, '{') && source.reads(close, '}') && close > open
  return found && source.tokens[close]?.end === body.end ? { open, close } : undefined
}
