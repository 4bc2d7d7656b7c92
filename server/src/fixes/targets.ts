/** Where in the text an option of an applied layer gets its value: in its call, or in a call that leads there. */
import type { Block, Expression, Name, Network, Parameter, Range, SourceFile } from '../../../grammar/tree'
import { descendants, nodesAt } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import { type Read, referencesOf } from '../check/references'
import type { Frame, LayerNode } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import type { TextEdit } from '../model/problem'
import { argumentFor, calleeName, type Signature, setOption } from './call-text'

/** A layer where it is applied: a node of a graph, or a stage at fault. */
export type Applied = Pick<LayerNode, 'layer' | 'options' | 'inputs' | 'site' | 'file' | 'frame'>

/** A text whose change gives an option another value. */
export interface OptionTarget {
  /** Equal for two applications that the same text governs. */
  readonly key: string
  readonly file: string
  /** The call that is changed, or the default in a declaration. */
  readonly site: Expression
  /** The declaration in which the text stands; constants stand in none. */
  readonly inside: Block | Network | undefined
  readonly option: string
  /** The text is the default of a parameter. */
  readonly isDefault: boolean
  readonly edits: (value: string) => readonly TextEdit[]
}

/**
 * The texts that can give `option` of this application another value, the one to be preferred first: where the
 * call takes it from a parameter that serves nothing else, the argument in the caller.
 */
export function optionTargets(
  analysis: Analysis,
  applied: Pick<Applied, 'layer' | 'site' | 'file' | 'frame'>,
  option: string,
): readonly OptionTarget[] {
  return trace(analysis, applied, layerSignature(applied.layer, piped(analysis, applied)), option)
}

export function layerSignature(layer: AnyLayer, isPiped: boolean): Signature {
  return signature(
    Object.keys(layer.options),
    layer.tensors.map(({ name }) => name),
    isPiped,
  )
}

function blockSignature({ params }: Block | Network, isPiped: boolean): Signature {
  const options = params.filter((param) => !takesTensors(param)).map(({ name }) => name.name)
  return signature(
    options,
    params.filter(takesTensors).map(({ name }) => name.name),
    isPiped,
  )
}

/** Where the value of an option is written in the call; undefined where it is left out. */
export function optionRange(
  analysis: Analysis,
  applied: Pick<Applied, 'layer' | 'site' | 'file'>,
  option: string,
): Range | undefined {
  const signature = layerSignature(applied.layer, piped(analysis, applied))
  const value = argumentFor(applied.site, signature, option)?.value
  return value && { start: value.start, end: value.end }
}

function signature(options: readonly string[], tensors: readonly string[], isPiped: boolean): Signature {
  return { options, tensors, written: Math.max(0, tensors.length - (isPiped ? 1 : 0)) }
}

export function takesTensors({ type }: Parameter): boolean {
  return type?.name === 'tensor' || type?.name === 'tensors'
}

/** Whether the layer that an expression stands for gets its first tensor from an arrow. */
export function piped(analysis: Analysis, { site, file }: Pick<Applied, 'site' | 'file'>): boolean {
  const tree = analysis.files.get(file)
  return tree !== undefined && parentOf(tree, site)?.kind === 'stage'
}

/** What an expression is a part of, as it stands: parentheses and repetitions around it are passed over. */
function parentOf(tree: SourceFile, site: Expression) {
  const path = nodesAt(tree, site.start)
  let at = path.indexOf(site) - 1
  while (at >= 0 && ['parenthesized', 'binary', 'conditional'].includes(path[at]?.kind ?? '')) at--
  return path[at]
}

interface Written {
  readonly site: Expression
  readonly file: string
  readonly frame: Frame
}

function trace(
  analysis: Analysis,
  written: Written,
  signature: Signature,
  option: string,
): readonly OptionTarget[] {
  const sites = withDefinitions(analysis, written)
  const giving = sites.find(({ site }) => argumentFor(site, signature, option))
  if (giving === undefined) return sites.toReversed().map((each) => target(each, signature, option))
  const { site, frame } = giving
  const { declaration } = frame
  const own = target(giving, signature, option)
  const value = argumentFor(site, signature, option)?.value
  if (value?.kind !== 'name') return [own]
  const { name } = value
  const param = declaration.params.find(
    (candidate) => candidate.name.name === name && !takesTensors(candidate),
  )
  const reads = param && readsOf(analysis, frame, value, param)
  if (param === undefined || reads === undefined) return [own]
  const outer: OptionTarget[] = []
  const caller = callerOf(analysis, frame)
  if (caller) {
    outer.push(...trace(analysis, caller, blockSignature(declaration, piped(analysis, caller)), name))
  }
  const { default: standard } = param
  if (standard) {
    const range = { start: standard.start, end: standard.end }
    outer.push({
      key: `${frame.file} ${standard.start} ${name}`,
      file: frame.file,
      site: standard,
      inside: declaration,
      option: name,
      isDefault: true,
      edits: (text) => [{ ...range, text }],
    })
  }
  return reads.length > 1 ? [own, ...outer] : [...outer, own]
}

/** The call that led to a run, as it is written: where a layer was bound to a name, that is in another place. */
function callerOf(analysis: Analysis, { call }: Frame): Written | undefined {
  if (call === undefined) return undefined
  const { callee, frame } = call
  const isIn = (file: string) => {
    const tree = analysis.files.get(file)
    return tree !== undefined && nodesAt(tree, callee.start).includes(callee)
  }
  const file = isIn(call.file) ? call.file : [...analysis.files.keys()].find(isIn)
  return file === undefined ? undefined : { site: callee, file, frame }
}

function target({ site, file, frame }: Written, signature: Signature, option: string): OptionTarget {
  return {
    key: `${file} ${site.start} ${option}`,
    file,
    site,
    inside: holds(frame, file, site) ? frame.declaration : undefined,
    option,
    isDefault: false,
    edits: (value) => setOption(site, signature, option, value),
  }
}

function holds({ declaration, file }: Frame, siteFile: string, { start, end }: Range): boolean {
  return file === siteFile && declaration.start <= start && end <= declaration.end
}

/** A name may stand for a layer that has some of its options already; definitions of definitions end here. */
const MOST_DEFINITIONS = 4

/** The call, and the calls in which the name that it calls was made. */
function withDefinitions(analysis: Analysis, written: Written): readonly Written[] {
  const found = [written]
  for (let at: Written | undefined = written; at && found.length < MOST_DEFINITIONS; ) {
    at = definitionOf(analysis, at)
    if (at) found.push(at)
  }
  return found
}

/** What the name that is called was bound to: a layer's argument, a flow of the body, or a constant. */
function definitionOf(analysis: Analysis, { site, file, frame }: Written): Written | undefined {
  const name = calleeName(site)
  if (name === undefined) return undefined
  const { declaration } = frame
  const param = declaration.params.find((each) => each.name.name === name)
  if (param) {
    const caller = callerOf(analysis, frame)
    const signature = blockSignature(declaration, caller !== undefined && piped(analysis, caller))
    const given = caller && argumentFor(caller.site, signature, name)?.value
    if (given) return callable(given, caller.file, caller.frame)
    return param.default && callable(param.default, frame.file, frame)
  }
  const bound: Expression[] = []
  for (const node of declaration.body.statements) {
    if (node.kind === 'assign' && node.names.length === 1 && node.names[0]?.name === name)
      bound.push(node.value)
  }
  if (bound.length > 0) return bound.length === 1 ? callable(bound[0] as Expression, file, frame) : undefined
  const constant = analysis.files
    .get(file)
    ?.items.find((item) => item.kind === 'constant' && item.name.name === name)
  return constant?.kind === 'constant' ? callable(constant.value, file, frame) : undefined
}

function callable(site: Expression, file: string, frame: Frame): Written | undefined {
  return site.kind === 'call' || site.kind === 'name' ? { site, file, frame } : undefined
}

/** The reads of a parameter; undefined where a name that is read may have another value than the parameter's. */
function readsOf(
  analysis: Analysis,
  { file }: Frame,
  name: Name,
  parameter: Parameter,
): readonly Read[] | undefined {
  const tree = analysis.files.get(file)
  const references = tree && referencesOf(tree)
  const read = references?.readAt(name)
  const [seen, ...others] = read === undefined ? [] : (references?.seenBy(read) ?? [])
  return seen?.node === parameter && others.length === 0 ? references?.readersOf(seen) : undefined
}

/** How often a name is read in a body. */
export function usesOf({ body }: Block | Network, name: string): number {
  let count = 0
  for (const node of descendants(body)) if (node.kind === 'name' && node.name === name) count++
  return count
}
