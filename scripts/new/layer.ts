import { CONTEXTUAL, RESERVED } from '../../grammar/tokens'
import { findLayer, foreignLayer } from '../../server/src/layers'
import type { Scaffold } from './scaffold'
import { camelCase, snakeCase, TO_FILL_IN, withEntry, withLineBelow } from './text'

const INDEX = 'server/src/layers/index.ts'
const SHAPES = 'test/layers/rows.ts'
const KINDS = 'test/oracle/kinds.test.ts'

const RESERVED_IN_JAVASCRIPT = new Set(
  [
    ...['await break case catch class const continue debugger default delete do enum export extends finally'],
    ...[
      'function implements instanceof interface let new null package private protected public static super',
    ],
    ...['switch this throw try typeof var void while with yield'],
  ].flatMap((words) => words.split(' ')),
)

/** The files that a layer of this name needs: its declaration, and its place in each list that a test holds. */
export function newLayer(name: string): Scaffold {
  const file = `server/src/layers/${name.replaceAll('_', '-')}.ts`
  return {
    refused: whyNot(name),
    made: new Map([[file, declaration(name)]]),
    changed: new Map([
      [
        INDEX,
        (text) =>
          withEntry(text, {
            list: 'LAYERS',
            entry: camelCase(name),
            from: `./${name.replaceAll('_', '-')}`,
            key: snakeCase,
          }),
      ],
      [
        SHAPES,
        (text) =>
          withLineBelow(
            text,
            'export const ROWS: Readonly<Record<string, readonly ShapeRow[]>> = {',
            row(name),
          ),
      ],
      [
        KINDS,
        (text) =>
          withLineBelow(text, 'const WITHOUT_PYTORCH: Readonly<Record<string, string>> = {', reason(name)),
      ],
    ]),
    next: [
      `Fill in ${file}: every option, constraint and trait is documented in server/src/model/layer.ts and traits.ts.`,
      `Give it rows in ${SHAPES}, worked out by hand, and in test/layers/field.test.ts where it sees more than its own place.`,
      `Add it to test/oracle/kinds.py and run that with PyTorch, or write in ${KINDS} why it has no row.`,
      'Write its page with `npm run docs`, then run `npm run test:quick`.',
    ],
  }
}

function whyNot(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*$/.test(name)) {
    return `'${name}' is no name for a layer: small letters and digits, words joined by _, as in drop_path`
  }
  if (RESERVED.has(name) || CONTEXTUAL.has(name)) return `'${name}' is a word of the language`
  if (RESERVED_IN_JAVASCRIPT.has(camelCase(name))) {
    return `'${name}' is a word of JavaScript, which no constant can have for its name`
  }
  const taken = findLayer(name) ?? foreignLayer(name)
  if (taken === undefined) return undefined
  return taken.name === name
    ? `there is a layer '${name}' already`
    : `'${name}' leads to the layer '${taken.name}' already`
}

const declaration = (name: string) => `import type { Shape } from '../model/shape'
import { layer } from './declare'

export const ${camelCase(name)} = layer({
  name: '${name}',
  // ${TO_FILL_IN}: what PyTorch, Keras and Caffe call it.
  foreign: [],
  // ${TO_FILL_IN}: see LAYER_CATEGORIES in model/layer.ts.
  category: 'Shape',
  // ${TO_FILL_IN}: see model/traits.ts; rules, fixes and hovers know the layer by these.
  traits: { range: 'any', reads: 'signal' },
  summary: '${TO_FILL_IN}: one sentence.',
  source: '${TO_FILL_IN}: paper and section',
  use: '${TO_FILL_IN}: when to use it, and when something else.',
  // ${TO_FILL_IN}: what PyTorch writes for the example; see model/layer.ts and test/oracle/torch-lines.py.
  inPyTorch: null,
  output: '${TO_FILL_IN}: the shape as a formula',
  // ${TO_FILL_IN}: options, constraints, parameters and MACs, as far as it has them.
  example: \`network Example {
  input x: [16, 8, 8]
  output y = x -> ${name}
  expect y.shape == [16, 8, 8]
}\`,
  infer: ({ shapes }) => {
    // ${TO_FILL_IN}: shapes, weights, MACs and receptive field; here the shape stays as it is.
    const [x] = shapes as [Shape]
    return { shapes: [x] }
  },
})
`

const row = (
  name: string,
) => `  // ${TO_FILL_IN}: calls with shapes, parameters and MACs that are worked out by hand.
  ${name}: [['${name}', [[16, 8, 8]], [[16, 8, 8]]]],`

const reason = (name: string) =>
  `  ${name}: '${TO_FILL_IN}: the reason, or a row in kinds.py in place of this line',`
