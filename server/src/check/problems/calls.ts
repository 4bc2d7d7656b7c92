import { quoted } from '../words'
import { problem } from './declare'

export const missingOption = problem<{ readonly layer: string; readonly option: string }>({
  code: 'missing-option',
  title: 'A required option that is not given',
  explanation: 'Options without a default must be given before the layer is applied.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(16)\n}\n',
  instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(16, 3)\n}\n',
  words: ({ layer, option }) => ({
    what: `\`${layer}\` needs its option \`${option}\``,
    why: 'it has no default',
    todo: `give it, by place or as \`${option}=…\``,
  }),
})

export const optionGivenTwice = problem<{ readonly layer: string; readonly option: string }>({
  code: 'option-given-twice',
  title: 'An option that is given twice',
  explanation: 'An option can be given once, by place or by name, in one call or in a later one.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(16, 3, kernel=5)\n}\n',
  words: ({ layer, option }) => ({
    what: `\`${option}\` of \`${layer}\` already has a value`,
    why: 'an earlier argument gives it',
    todo: 'remove one of the two',
  }),
})

export const tooManyOptions = problem<{
  readonly layer: string
  readonly count: number
  readonly options: readonly string[]
}>({
  code: 'too-many-options',
  title: 'More arguments than options',
  explanation:
    'Arguments that are not tensors fill the options in order; there are more of them than options.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu(3)\n}\n',
  words: ({ layer, options }) => ({
    what:
      options.length === 0
        ? `\`${layer}\` takes no options`
        : `\`${layer}\` takes ${options.length === 1 ? 'one option' : `${options.length} options`}, and this is one more`,
    why: options.length === 0 ? '' : `${options.length === 1 ? 'it is' : 'they are'} ${quoted(options)}`,
    todo: 'remove this argument',
  }),
})

export const optionValue = problem<{
  readonly layer: string
  readonly option: string
  readonly value: string
  readonly needs: string
  readonly suggestions?: readonly string[]
  /** It is known that the one suggestion is meant. */
  readonly isCertain?: boolean
  readonly name?: string
}>({
  code: 'option-value',
  title: 'A value that the option does not take',
  explanation: 'Each option takes values of one kind, within bounds; its layer’s page lists them.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(16, 0)\n}\n',
  instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> conv(16, 3)\n}\n',
  words: ({ layer, option, value, needs, suggestions }) => ({
    what: `\`${option}\` of \`${layer}\` can’t be ${value}`,
    why: `it takes ${needs}`,
    todo: suggestions?.length ? `did you mean ${quoted(suggestions, 'or')}?` : '',
  }),
})

export const missingTensor = problem<{
  readonly layer: string
  readonly needs: number
  readonly has: number
  /** Its parameters for tensors; one that takes all that are left has no name of its own in a message. */
  readonly names: readonly string[]
  readonly merges: boolean
  /** A parameter that is missing and stands behind one that takes all tensors that are left. */
  readonly behind?: { readonly name: string; readonly rest: string }
}>({
  code: 'missing-tensor',
  title: 'Too few tensors',
  explanation:
    'The layer was applied to fewer tensors than it needs. `add`, `concat`, `mul` and `maximum` need two, or a list.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> add\n}\n',
  instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu -> add(image)\n}\n',
  words: ({ layer, needs, has, names, merges, behind }) => ({
    what: `\`${layer}\` needs ${needs === 1 ? 'one tensor' : `${needs} tensors`}${merges ? ' or more' : ''} and gets ${has === 0 ? 'none' : has === 1 ? 'one' : has}`,
    why: names.length < 2 ? '' : `it takes ${quoted(names)}`,
    todo: behind
      ? `write \`${behind.name}=…\` in the call`
      : has === 0
        ? `pipe one in, \`x -> ${layer}\`, or write it in the call`
        : `write the ${needs - has === 1 ? 'other one' : 'others'} in the call: \`${layer}(…)\``,
  }),
})

export const tooManyTensors = problem<{
  readonly layer: string
  readonly takes: number
  readonly has: number
  /** How the same is done to several tensors, where the layer has a counterpart. */
  readonly forSeveral?: string
}>({
  code: 'too-many-tensors',
  title: 'Too many tensors',
  explanation:
    'The layer was applied to more tensors than it takes. A list that is piped in counts as its tensors.',
  example: 'network N {\n  input image: [4, 8, 8]\n  a = image -> relu\n  output y = image -> relu(a)\n}\n',
  instead:
    'network N {\n  input image: [4, 8, 8]\n  a = image -> relu\n  output y = add(image, a) -> relu\n}\n',
  words: ({ layer, takes, has, forSeveral }) => ({
    what: `\`${layer}\` takes ${takes === 0 ? 'no tensor' : takes === 1 ? 'one tensor' : `${takes} tensors`} and is given ${has}`,
    why: 'what is piped in stands before the tensors that are written in the call',
    todo:
      forSeveral === undefined
        ? 'merge them before, for instance with `add` or `concat`, or apply the layer to each'
        : `value by value over several tensors it is \`${forSeveral}\``,
  }),
})

export const notATensor = problem<{ readonly value: string }>({
  code: 'not-a-tensor',
  title: 'Something other than a tensor where a tensor is needed',
  explanation:
    'Layers work on tensors, or on lists of them. A number or another layer cannot be passed through a layer.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = add(image, 3 -> relu)\n}\n',
  instead: 'network N {\n  input image: [3, 8, 8]\n  output y = add(image, image -> relu)\n}\n',
  words: ({ value }) => ({
    what: `${value} is not a tensor`,
    why: 'only tensors, and lists of them, flow through layers',
    todo: 'put a tensor here',
  }),
})

export const notALayer = problem<{ readonly value: string; readonly hides?: string }>({
  code: 'not-a-layer',
  title: 'Something other than a layer where a layer is needed',
  explanation:
    'After `->`, and before the parentheses of a call, there has to be a layer, a block or a network.',
  example: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> 3\n}\n',
  instead: 'network N {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\n',
  words: ({ value, hides }) => ({
    what: `${value} is not a layer`,
    why:
      hides === undefined
        ? 'behind `->` and before `(` stands a layer, a block or a network'
        : `the name \`${hides}\` is bound to it in this body and hides the layer of that name`,
    todo: hides === undefined ? 'put a layer here' : 'rename the one in this body',
  }),
})

export const tensorsOnly = problem<{ readonly value: string }>({
  code: 'takes-tensors-only',
  title: 'Options for a composition, a repetition or a shared layer',
  explanation: 'Compositions, repetitions and shared layers are complete: they take tensors only.',
  example:
    'network N {\n  input image: [3, 8, 8]\n  f = conv(8, 3) -> relu\n  output y = image -> f(stride=2)\n}\n',
  instead:
    'network N {\n  input image: [3, 8, 8]\n  f = conv(8, 3, stride=2) -> relu\n  output y = image -> f\n}\n',
  words: ({ value }) => ({
    what: `${value} takes no options`,
    why: 'compositions, repetitions and shared layers take tensors only',
    todo: 'give the options where the layer is made',
  }),
})

export const itemsDiffer = problem<{ readonly layer: string; readonly items: readonly number[] }>({
  code: 'items-differ',
  title: 'Tensors with different numbers of items',
  explanation:
    'A layer that reads regions gives one result, an item, for each region. Tensors can be combined if they have the same number of items per image, or if one of them has a single item.',
  example:
    'network N {\n  input image: [3, 64, 64]\n  rois = image -> selective_search(100)\n  few = image -> selective_search(50)\n  a = roi_align(image, rois, 7)\n  b = roi_align(image, few, 7)\n  output y = add(a, b)\n}\n',
  instead:
    'network N {\n  input image: [3, 64, 64]\n  rois = image -> selective_search(100)\n  a = roi_align(image, rois, 7)\n  b = roi_align(image -> relu, rois, 7)\n  output y = add(a, b)\n}\n',
  words: ({ layer, items }) => ({
    what: `\`${layer}\` gets tensors of ${items.join(' and ')} items`,
    why: 'tensors that are combined have the same number of items, or one',
    todo: 'make both from the same regions',
  }),
})

export const sharedWeightsDiffer = problem<{
  readonly layer: string
  readonly first: string
  readonly now: string
}>({
  code: 'shared-weights-differ',
  title: 'A use of shared weights in which they would have another shape',
  explanation: 'A shared layer has one set of weights, made at its first use. Every use must fit it.',
  example:
    'network N {\n  input image: [3, 8, 8]\n  shared f = conv(4, 3)\n  a = image -> f\n  output y = a -> f\n}\n',
  instead:
    'network N {\n  input image: [3, 8, 8]\n  shared f = conv(3, 3)\n  a = image -> f\n  output y = a -> f\n}\n',
  words: ({ layer, first, now }) => ({
    what: `the shared weights of \`${layer}\` would be ${now} here`,
    why: `they were made as ${first} at the first use, and every use runs the same weights`,
    todo: 'give every use the same number of channels, or make layers of their own',
  }),
})

export const inputMismatch = problem<{
  readonly network: string
  readonly input: string
  readonly declared: string
  readonly given: string
  /** The input is rows, whose features stand last. */
  readonly isRows: boolean
}>({
  code: 'input-mismatch',
  title: 'A tensor that does not fit a network’s input',
  explanation:
    'A network that is applied checks what comes in: rank and channels must agree, the spatial size may differ. Of rows the features must agree, and there may be more or fewer of them.',
  example:
    'network A {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\n\nnetwork B {\n  input image: [1, 8, 8]\n  output y = image -> A\n}\n',
  instead:
    'network A {\n  input image: [3, 8, 8]\n  output y = image -> relu\n}\n\nnetwork B {\n  input image: [1, 8, 8]\n  output y = image -> conv(3, 1) -> A\n}\n',
  words: ({ network, input, declared, given, isRows }) => ({
    what: `the input \`${input}\` of ${network} is ${declared}, and ${given} comes in`,
    why: isRows
      ? 'the rank and the features of a row must agree; only the number of rows may differ'
      : 'the rank and the channels must agree; only the spatial size may differ',
    todo: `bring the tensor to these ${isRows ? 'features' : 'channels'} first`,
  }),
})

export const outsideNetwork = problem<{ readonly layer: string }>({
  code: 'outside-network',
  title: 'A layer applied outside every network',
  explanation:
    'Constants may hold numbers, lists, and layers that are not applied yet. Tensors exist only in networks and blocks.',
  example: 'P = parameter([3])\n',
  instead:
    'network N {\n  input image: [3, 8, 8]\n  p = parameter([3, 1, 1])\n  output y = add(image, p)\n}\n',
  words: ({ layer }) => ({
    what: `\`${layer}\` is applied outside every network`,
    why: 'constants hold numbers, lists and layers; tensors exist only in networks and blocks',
    todo: 'move it into a network or a block',
  }),
})
