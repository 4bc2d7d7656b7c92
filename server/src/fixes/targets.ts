/** Where in the text an option of an applied layer gets its value: in its call, or in a call that leads there. */
import type { Block, Expression, Network, Parameter, Range, SourceFile } from '../../../grammar/tree'
import { descendants, nodesAt } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import type { Frame, LayerNode } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import type { TextEdit } from '../model/problem'
import { argumentFor, type Signature, setOption } from './call-text'

/** A layer where it is applied: a node of a graph, or a stage at fault. */
export type Applied = Pick<LayerNode, 'layer' | 'options' | 'inputs' | 'site' | 'file' | 'frame'>

/** A text whose change gives an option another value. */
export interface OptionTarget {
  /** Equal for two applications that the same text governs. */
  readonly key: string
  readonly file: string
  /** The call that is changed, or the default in a declaration. */
  readonly site: Expression
  /** The declaration in which the text stands. */
  readonly inside: Block | Network
  readonly option: string
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
  const { layer, site, file, frame } = applied
  return trace(
    analysis,
    { site, file, frame, signature: layerSignature(layer, piped(analysis, applied)) },
    option,
  )
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

function takesTensors({ type }: Parameter): boolean {
  return type?.name === 'tensor' || type?.name === 'tensors'
}

/** Whether the layer that an expression stands for gets its first tensor from an arrow. */
export function piped(analysis: Analysis, { site, file }: Pick<Applied, 'site' | 'file'>): boolean {
  const tree = analysis.files.get(file)
  return tree !== undefined && parentOf(tree, site)?.kind === 'stage'
}

/** What an expression is a part of, as it stands: parentheses and repetitions around it are passed over. */
export function parentOf(tree: SourceFile, site: Expression) {
  const path = nodesAt(tree, site.start)
  let at = path.indexOf(site) - 1
  while (at >= 0 && ['parenthesized', 'binary', 'conditional'].includes(path[at]?.kind ?? '')) at--
  return path[at]
}

interface Written {
  readonly site: Expression
  readonly file: string
  readonly frame: Frame
  readonly signature: Signature
}

function trace(analysis: Analysis, written: Written, option: string): readonly OptionTarget[] {
  const { site, file, frame, signature } = written
  const { declaration, call } = frame
  const own: OptionTarget = {
    key: `${file} ${site.start} ${option}`,
    file,
    site,
    inside: declaration,
    option,
    edits: (value) => setOption(site, signature, option, value),
  }
  const value = argumentFor(site, signature, option)?.value
  const name = value?.kind === 'name' ? value.name : undefined
  const param = declaration.params.find(
    (candidate) => candidate.name.name === name && !takesTensors(candidate),
  )
  if (name === undefined || param === undefined || isRebound(declaration, name)) return [own]
  const outer: OptionTarget[] = []
  if (call) {
    const pipedIn = piped(analysis, call)
    const callee = blockSignature(declaration, pipedIn)
    outer.push(...trace(analysis, { ...call, signature: callee }, name))
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
      edits: (text) => [{ ...range, text }],
    })
  }
  return uses(declaration, name) > 1 ? [own, ...outer] : [...outer, own]
}

function isRebound({ body }: Block | Network, name: string): boolean {
  for (const node of descendants(body)) {
    if (node.kind !== 'assign' && node.kind !== 'for' && node.kind !== 'comprehension') continue
    if (node.names.some((bound) => bound.name === name)) return true
  }
  return false
}

function uses({ body }: Block | Network, name: string): number {
  let count = 0
  for (const node of descendants(body)) if (node.kind === 'name' && node.name === name) count++
  return count
}
