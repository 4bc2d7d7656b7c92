import type { Block, Expression, Name, Network, Parameter } from '../../../grammar/tree'
import { descendants } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import { type Read, referencesOf } from '../check/references'
import type { Frame, GivenOption, LayerNode, WrittenLayer } from '../model/graph'
import type { TextEdit } from '../model/problem'
import { givenOption, givingText } from '../model/written'
import { ownArgument, setWrittenOption } from './call-text'

/** A layer where it is applied: a node of a graph, or a stage at fault. */
export type Applied = Pick<
  LayerNode,
  'layer' | 'options' | 'inputs' | 'site' | 'file' | 'frame' | 'written' | 'givenTensors'
>

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
  /** What gives the option its value now; absent where nothing does. */
  readonly given?: Expression
  /** The text is the default of a parameter. */
  readonly isDefault: boolean
  /** The call with all that it gives; absent for a default. */
  readonly written?: WrittenLayer
  readonly edits: (value: string) => readonly TextEdit[]
}

/**
 * The texts that can give `option` of this application another value, the one to be preferred first: where the
 * call takes it from a parameter that serves nothing else, the argument in the caller.
 */
export function optionTargets(
  analysis: Analysis,
  { written }: Pick<Applied, 'written'>,
  option: string,
): readonly OptionTarget[] {
  const given = givenOption(written, option)
  // Where nothing gives it, each text that stands for the layer could, the one that made it first.
  if (given === undefined) return definitionsOf(written).map((each) => target(each, option))
  const text = givingText(written, given)
  const own = target(text, option)
  const passed = passedParameter(analysis, given, text)
  if (passed === undefined) return [own]
  const { frame, parameter, isOnly } = passed
  const { name } = parameter.name
  const outer = [
    ...(frame.call ? optionTargets(analysis, frame.call, name) : []),
    ...(parameter.default ? [defaultTarget(frame, name, parameter.default)] : []),
  ]
  return isOnly ? [...outer, own] : [own, ...outer]
}

/** The texts that stand for a layer: the one that made it first, then those that add options to its name. */
function definitionsOf(written: WrittenLayer): readonly WrittenLayer[] {
  const found: WrittenLayer[] = []
  for (let at: WrittenLayer | undefined = written; at; at = at.definition) found.unshift(at)
  return found
}

/** The parameter that an argument hands on as it is, with its run, and whether nothing else reads it. */
function passedParameter(
  analysis: Analysis,
  { argument: { value } }: GivenOption,
  { frame }: WrittenLayer,
): { readonly frame: Frame; readonly parameter: Parameter; readonly isOnly: boolean } | undefined {
  if (frame === undefined || value.kind !== 'name') return undefined
  const { declaration } = frame
  const parameter = declaration.params.find((each) => each.name.name === value.name && !takesTensors(each))
  const reads = parameter && readsOf(analysis, frame, value, parameter)
  return parameter && reads && { frame, parameter, isOnly: reads.length === 1 }
}

function target(written: WrittenLayer, option: string): OptionTarget {
  const { site, file, frame } = written
  const given = ownArgument(written, option)?.argument.value
  return {
    ...(given ? { given } : {}),
    key: `${file} ${site.start} ${option}`,
    file,
    site,
    inside: frame?.declaration,
    option,
    isDefault: false,
    written,
    edits: (value) => setWrittenOption(written, option, value),
  }
}

function defaultTarget({ declaration, file }: Frame, option: string, site: Expression): OptionTarget {
  const { start, end } = site
  return {
    key: `${file} ${start} ${option}`,
    file,
    site,
    inside: declaration,
    option,
    given: site,
    isDefault: true,
    edits: (text) => [{ start, end, text }],
  }
}

/** Whether an arrow brings the first tensor. */
export function isPiped({ givenTensors: [first] }: Pick<Applied, 'givenTensors'>): boolean {
  return first?.kind === 'piped'
}

export function takesTensors({ type }: Parameter): boolean {
  return type?.name === 'tensor' || type?.name === 'tensors'
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
