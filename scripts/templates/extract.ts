import { localName } from '../../grammar/bindings'
/** Takes one network out of the examples, with all that it needs, as a file of its own. */
import type { Documentation, Import, Item, SourceFile } from '../../grammar/tree'
import type { Host } from '../../server/src/check/analysis'
import { referencesOf } from '../../server/src/check/references'

type Declaration = Exclude<Item, Import>

/**
 * The text of a network and of the constants and blocks that it uses, those of imported files first. The head of
 * its file comes along as far as it says what the network is and where it was published.
 */
export function extractNetwork(uri: string, name: string, host: Host): string {
  const needed = new Map<string, Set<Declaration>>()
  need(uri, name)
  const taken = new Set<string>()
  for (const { name } of [...needed.values()].flatMap((declarations) => [...declarations])) {
    if (taken.has(name.name))
      throw new Error(`${uri}: two files declare ${name.name}; a template has one of them`)
    taken.add(name.name)
  }
  // A file is needed before those that it imports are.
  const texts = [...needed].reverse().flatMap(([file, declarations]) => {
    const tree = fileOf(file)
    return tree.items.flatMap((item) => (isIn(declarations, item) ? [textOf(item, tree)] : []))
  })
  const { doc } = fileOf(uri)
  const head = doc === undefined ? [] : [headOf(doc)]
  return `${[...head, ...texts].join('\n\n')}\n`

  function fileOf(file: string): SourceFile {
    const tree = host.file(file)
    if (tree === undefined) throw new Error(`There is no ${file}`)
    return tree
  }

  function need(file: string, name: string): void {
    const tree = fileOf(file)
    for (const item of tree.items) {
      if (item.kind === 'import') {
        if (item.names.some((each) => localName(each).name === name)) needImported(file, item, name)
      } else if (item.name.name === name) needDeclaration(file, tree, item)
    }
  }

  function needImported(file: string, item: Import, name: string): void {
    if (item.names.some(({ alias }) => alias?.name === name)) {
      throw new Error(`${file}: ${name} is imported under another name, which a template cannot do`)
    }
    need(host.resolve(file, item.path.value), name)
  }

  function needDeclaration(file: string, tree: SourceFile, item: Declaration): void {
    const known = needed.get(file) ?? new Set()
    if (known.has(item)) return
    needed.set(file, known.add(item))
    const { reads, seenBy } = referencesOf(tree)
    const inside = reads.filter(({ node }) => item.start <= node.start && node.end <= item.end)
    const used = inside.filter((read) => seenBy(read).some(({ scope }) => scope === tree))
    for (const { name } of used) need(file, name)
  }
}

const isIn = (declarations: ReadonlySet<Declaration>, item: Item): item is Declaration =>
  item.kind !== 'import' && declarations.has(item)

/** A declaration with its `##` lines and the comment at its end. */
function textOf(item: Declaration, { text }: SourceFile): string {
  const end = text.indexOf('\n', item.end)
  return text.slice(item.doc?.start ?? item.start, end < 0 ? undefined : end)
}

/** The first two paragraphs of a file's `##` lines: what stands in it, and the paper. */
function headOf({ text }: Documentation): string {
  const paragraphs = text.split(/\n\s*\n/).slice(0, 2)
  return paragraphs
    .join('\n\n')
    .split('\n')
    .map((line) => `## ${line}`.trimEnd())
    .join('\n')
}
