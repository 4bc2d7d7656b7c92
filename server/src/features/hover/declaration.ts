import { localName } from '../../../../grammar/bindings'
import type { Constant, ImportedName, Parameter, Range } from '../../../../grammar/tree'
import { errorsIn, givenTo, graphsOf, runsOf } from '../../check/semantics/runs'
import { type Declared, declaredAs } from '../../check/semantics/scope'
import { showValue } from '../../check/words'

import type { NetworkGraph, Tensor } from '../../model/graph'
import type { Outline } from '../../model/outline'
import { seenField } from '../../model/seen'
import { showCountOf, showKnown, showTensor } from '../../model/show'
import { boundsFacts, type Fact, showSeenField, totalsFacts } from '../support/describe'

import { code, fromComment } from '../support/markdown'
import type { View } from '../support/view'
import { runContent } from './call'
import type { HoverContent } from './content'
import { declarationDocumentation, documentedSource } from './documentation'
import { givenContent } from './name'
import { NEVER_RUN } from './why'

/** A block, network or constant, where it is declared and wherever its name stands. */
export function declaredContent(view: View, declared: Declared, range: Range): HoverContent {
  switch (declared.kind) {
    case 'constant':
      return constantContent(view, declared.declaration, declared.file, range)
    case 'network':
      return networkContent(view, declared, range)
    case 'block':
      return blockContent(view, declared, range)
  }
}

function networkContent(
  view: View,
  declared: Extract<Declared, { kind: 'network' }>,
  range: Range,
): HoverContent {
  const { declaration, file } = declared
  const graph = graphsOf(view).find((each) => each.declaration === declaration)
  const documentation = declarationDocumentation(view, declaration, file)
  if (graph === undefined) return { range, title: code(`network ${declaration.name.name}`), documentation }
  const [error] = graph.totals === undefined ? errorsIn(view.analysis, declaration) : []
  return {
    range,
    title: `**${ends(graph)}**`,
    facts: [...totalsFacts(graph.totals), ...boundsFacts(graph.bounds), ...outputFields(graph)],
    notes: error && `A part of the network is not known. ${error.message}`,
    documentation,
  }
}

/** `image 3×224×224 → logits 1000`. */
function ends({ inputs, outputs }: NetworkGraph): string {
  const shown = (tensors: readonly { name: string; text: string | undefined }[]) =>
    tensors.map(({ name, text }) => `${name} ${text ?? '?'}`).join(', ')
  const left = shown(
    inputs.map(({ name, node }) => ({ name: name.name, text: node && showTensor(node.tensor) })),
  )
  const right = shown(
    outputs.map(({ name, tensor, outline }) => ({ name: name.name, text: known(tensor ?? outline) })),
  )
  return [left, right].filter((text) => text !== '').join(' → ')
}

function known(tensor: Tensor | Outline | undefined): string | undefined {
  return tensor && showKnown(tensor)
}

function outputFields(graph: NetworkGraph): readonly Fact[] {
  return graph.outputs.flatMap(({ name, tensor }) => {
    const field = tensor === undefined ? null : seenField(tensor, graph)
    if (field === null) return []
    const label = graph.outputs.length > 1 ? `Receptive field of ${code(name.name)}` : 'Receptive field'
    return [{ label, text: showSeenField(field) }]
  })
}

function blockContent(
  view: View,
  declared: Extract<Declared, { kind: 'block' }>,
  range: Range,
): HoverContent {
  const { declaration, file } = declared
  const documentation = declarationDocumentation(view, declaration, file)
  const runs = runContent(runsOf(view, declaration))
  if (runs === undefined)
    return { range, title: code(`block ${declaration.name.name}`), notes: NEVER_RUN, documentation }
  return { range, ...runs, documentation }
}

function constantContent(
  view: View,
  { name, value, doc }: Constant,
  file: string,
  range: Range,
): HoverContent {
  const known = [view.analysis, ...view.importers]
    .flatMap(({ constants }) => constants)
    .find((each) => each.name === name)
  const text = view.analysis.files.get(file)?.text.slice(value.start, value.end) ?? ''
  const documentation = doc && fromComment(doc.text)
  const written = `${name.name} = ${text}`
  return {
    range,
    title: code(known === undefined ? written : `${name.name} = ${showValue(known.value)}`),
    documentation: known === undefined ? documentation : documentedSource(written, documentation),
  }
}

/** What an import brings. */
export function importedContent(view: View, imported: ImportedName, range: Range): HoverContent | undefined {
  const declared = declaredAs(view, view.analysis.uri, localName(imported).name)
  return declared === undefined ? undefined : declaredContent(view, declared, range)
}

/** A parameter with the values that it was given. */
export function parameterContent(
  view: View,
  declaration: Parameters<typeof runsOf>[1],
  parameter: Parameter,
  range: Range,
): HoverContent {
  const { name } = parameter.name
  const values = givenTo(view, declaration, name)
  const written = view.analysis.file.text.slice(parameter.start, parameter.end)
  const content = givenContent(name, values)
  const documentation = documentedSource(written)
  return content === undefined ? { range, title: code(written) } : { range, ...content, documentation }
}

/** A path in an import: the file and how much it declares. */
export function pathContent(view: View, path: string, range: Range): HoverContent | undefined {
  const uri = view.resolve(view.analysis.uri, path)
  const tree = view.analysis.files.get(uri)
  if (tree === undefined) return undefined
  const names = tree.items.flatMap((item) => (item.kind === 'import' ? [] : [code(item.name.name)]))
  return {
    range,
    title: `${code(path)} declares ${names.length === 0 ? 'nothing' : showCountOf(names.length, 'name')}`,
    notes: names.join(', '),
    documentation: tree.doc && fromComment(tree.doc.text),
  }
}
