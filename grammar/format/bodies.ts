import type { Body, Item, Range, SourceFile, Statement } from '../tree'
import { type Builder, createBuilder } from './builder'
import { type Faults, findFaults } from './faults'
import { indentationAt } from './gap'
import { type Group, INDENT, MAX_WIDTH, writeGroup } from './layout'
import type { Source } from './source'
import { type Compound, inline, isCompound, type Section, sectionsOf, simpleStatement } from './statements'
import type { Writer } from './writer'

/** The flow of a head that has several lines stands deeper than the body below. */
const HEAD_STEP = 2 * INDENT

/** What the writing of a file has at hand. */
interface Context {
  readonly source: Source
  readonly faults: Faults
  readonly writer: Writer
  readonly units: Range[]
}

/** Writes a whole file; gives the extents of its statements, heads and closing braces, in order. */
export function writeFile(source: Source, file: SourceFile, writer: Writer): Range[] {
  const context: Context = { source, faults: findFaults(file), writer, units: [] }
  const end = source.tokens.length
  writeSequence(context, file.items, 0, end, 0)
  separate(context, end, 0, 'end')
  note(context, end, end)
  return context.units
}

function note({ source: { text, tokens }, units }: Context, first: number, last: number): void {
  units.push({ start: tokens[first - 1]?.end ?? 0, end: tokens[last - 1]?.end ?? text.length })
}

type Place = 'start' | 'between' | 'declarations' | 'end'

/**
 * Writes what stands before the statement or brace that begins with token `index`: the comments, at most one
 * empty line in a row, the indentation. Between declarations stands always one.
 */
function separate({ source, writer }: Context, index: number, indent: number, place: Place): void {
  const gap = source.gap(index)
  const closing = place === 'end' && index < source.tokens.length
  let needsBlank =
    place === 'declarations' && !gap.blankAfter && !gap.comments.some((comment) => comment.blankBefore)
  let atStart = place === 'start' || index === 0
  for (const [position, comment] of gap.comments.entries()) {
    if (position === 0 && !comment.ownLine) {
      writer.trailing(comment)
      continue
    }
    if (index > 0 || position > 0)
      writer.newline(closing ? indent + INDENT : indent, needsBlank || (comment.blankBefore && !atStart))
    writer.literal(comment.text)
    needsBlank = false
    atStart = false
  }
  if (index === 0 && gap.comments.length === 0) return
  writer.newline(indent, needsBlank || (gap.blankAfter && !atStart && place !== 'end'))
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
  const write = (from: number, to: number, node: Item | Statement | undefined, place: Place): void => {
    if (from >= to) return
    const exact = depth === 0 && (!node || faults.brace(extent(source, from, to)))
    const indent = exact ? indentationAt(source.text, (source.tokens[from] as Range).start) : depth * INDENT
    separate(context, from, indent, place)
    if (node && !exact) writeNode(context, node, from, to, depth)
    else writeVerbatim(context, from, to, exact)
  }
  write(first, starts[0] ?? last, undefined, 'start')
  nodes.forEach((node, index) => {
    const from = starts[index] as number
    const before = nodes[index - 1]
    const declares = before && depth === 0 && (isCompound(before) || isCompound(node))
    const place = from === first ? 'start' : declares ? 'declarations' : 'between'
    write(from, starts[index + 1] ?? last, node, place)
  })
}

function extent({ tokens }: Source, first: number, last: number): Range {
  return { start: (tokens[first] as Range).start, end: (tokens[last - 1] as Range).end }
}

function writeNode(
  context: Context,
  node: Item | Statement,
  first: number,
  last: number,
  depth: number,
): void {
  if (!isCompound(node)) {
    writeRun(context, first, last, (builder) => simpleStatement(builder, node))
  } else if (!writeInline(context, node, first, last) && !writeSections(context, node, first, last, depth)) {
    writeVerbatim(context, first, last, false)
  }
}

/** Writes tokens as they are meant to stand, or as they are if they are not what the tree says. */
function writeRun(
  context: Context,
  first: number,
  last: number,
  build: (builder: Builder) => void,
  step = INDENT,
): void {
  const group = buildRun(context, first, last, build)
  if (group) {
    writeGroup(context.writer, group, 0, step)
    note(context, first, last)
  } else {
    writeVerbatim(context, first, last, false)
  }
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

/** Tokens with what stands between them, as they are; unless `exact`, moved to where their line now starts. */
function writeVerbatim(context: Context, first: number, last: number, exact: boolean): void {
  const { source, writer } = context
  const range = extent(source, first, last)
  writer.verbatim(range, exact ? 0 : writer.indent - indentationAt(source.text, range.start))
  note(context, first, last)
}

/** Writes a statement with its body on one line, if it was so written and holds one simple statement. */
function writeInline(context: Context, node: Compound, first: number, last: number): boolean {
  const { text } = context.source
  const oneLine = ({ body }: Section) =>
    body.statements.length === 0 || !/[\r\n]/.test(text.slice(body.start, body.end))
  const sections = sectionsOf(node)
  if (!sections.every((section) => oneLine(section) && inline.admits(section))) return false
  const group = buildRun(context, first, last, (builder) => inline.build(builder, sections))
  if (!group || context.writer.column + group.width > MAX_WIDTH) return false
  writeGroup(context.writer, group, 0)
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
    writeRun(
      context,
      from,
      open + 1,
      (builder) => {
        head(builder)
        builder.glue(' ')
        builder.take('{')
      },
      HEAD_STEP,
    )
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
  const { source, writer } = context
  const exact = depth === 0
  const { start } = source.tokens[first] as Range
  if (source.gap(first).newline)
    separate(context, first, exact ? indentationAt(source.text, start) : depth * INDENT, 'between')
  else writer.literal(source.text.slice((source.tokens[first - 1] as Range).end, start))
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
