import { analyze } from '../../check/analyze'
import { memoryHost } from '../../check/host'
import { ImportError } from '../../interop/graph/import-error'
import { imported } from '../../interop/imported'
import type { NetworkGraph } from '../../model/graph'
import { isUnknown } from '../../model/value'
import { MODEL_OPTIONS } from '../check-models'
import { command, type ExitStatus, UsageError } from '../command'
import { CONFIG_OPTIONS, openConfigs } from '../configs'
import type { ReportedProblem } from '../findings'
import { findingsText } from '../formats/findings-text'
import { SUMMARY_FORMATS } from '../formats/summary'
import { lint } from '../lint'
import { isModel, readModel } from '../models'
import { openSources } from '../open'
import { isNamed, networksOf, OVERRIDE_OPTIONS, readOverrides } from '../overrides'
import { printable } from '../printable'
import { didYouMean } from '../suggest'
import { complain, type Terminal } from '../terminal'

export const summary = command({
  name: 'summary',
  summary: 'Show the shapes, parameters, MACs and receptive fields of networks',
  arguments: { usage: 'FILE', min: 1, max: 1 },
  details: [
    'Shows every layer of the networks in a file with its output, and what they add up to. Layers that a block applied stand below the line of its call, which gives their sums. FILE may be - for standard input, or a model as import takes it.',
    'Ends with status 1 when the file has an error, with 2 when its configuration has one; what could be inferred is shown all the same.',
  ],
  examples: [
    'summary --network ResNet50 examples/classification/resnet.cnn',
    'summary --input image=3x320x320 examples/classification/resnet.cnn',
    'summary --depth 0 --format markdown examples/classification/lenet5.cnn',
  ],
  options: {
    format: {
      kind: 'choice',
      choices: ['table', 'json', 'markdown', 'csv'],
      help: 'How to print it: for people, for programs, for a page of text, for a spreadsheet',
    },
    network: { kind: 'text', value: 'NAME', help: 'Show this network only' },
    ...OVERRIDE_OPTIONS,
    ...MODEL_OPTIONS,
    ...CONFIG_OPTIONS,
    depth: {
      kind: 'count',
      value: 'N',
      help: 'Fold blocks inside N other blocks into one line each (table and Markdown); everything is shown otherwise',
    },
    'stdin-filename': { kind: 'text', value: 'PATH', help: 'The file name to use for standard input' },
  },
  async run({ args, options }, terminal) {
    const [source = ''] = args
    if (isModel(source)) return summariseModel(source, options, terminal)
    const configs = await openConfigs(options)
    const { files, host, failed } = await openSources(
      { args, stdinName: options['stdin-filename'] },
      configs,
      terminal,
    )
    const [file, another] = files
    const tree = file === undefined ? undefined : host.file(file)
    if (failed || file === undefined || tree === undefined) return 2
    if (another !== undefined) throw new UsageError(`summary needs one file, but '${args[0]}' names several`)

    const { network } = options
    const names = networksOf(tree).map(({ name }) => name.name)
    if (network !== undefined && !networksOf(tree).some(isNamed(network))) {
      const list = names.length === 0 ? 'the file has none' : `known: ${names.join(', ')}`
      throw new UsageError(`no network is named '${network}'${didYouMean(network, names)} (${list})`)
    }

    const overrides = readOverrides(options, [tree], network)
    for (const remark of overrides.remarks) terminal.err.write(`${printable(remark)}\n`)
    const analysis = analyze(file, host, overrides.options)
    const found = lint({ analysis, importers: [] }, await configs.settingsOf(file), terminal)
    const format = SUMMARY_FORMATS[options.format]
    const depth = options.depth ?? Number.POSITIVE_INFINITY
    terminal.out.write(format(analysis, { findings: found, depth }, terminal.out))
    if (options.format !== 'json') {
      if (names.length === 0) terminal.err.write(`${printable(file)} has no network\n`)
      reportFaults(found, terminal)
      reportMissing(analysis.networks, terminal)
    }
    const mistakes = configs.mistakes().flatMap(({ findings }) => findings)
    reportFaults(mistakes, terminal)
    if (mistakes.length > 0) return 2
    return found.some(({ severity }) => severity === 'error') ? 1 : 0
  },
})

interface ModelSummary {
  readonly format: keyof typeof SUMMARY_FORMATS
  readonly depth: number | undefined
  readonly input: readonly string[]
  readonly arg: readonly string[]
  readonly python: string | undefined
}

/** The summary of a model of another framework: that of the network that it is read as. */
function summariseModel(source: string, options: ModelSummary, terminal: Terminal): ExitStatus {
  try {
    const { input: inputs, arg, python } = options
    const { text } = imported(readModel(source, { inputs, arguments: arg, python }))
    const analysis = analyze(source, memoryHost({ [source]: text }))
    const depth = options.depth ?? Number.POSITIVE_INFINITY
    terminal.out.write(SUMMARY_FORMATS[options.format](analysis, { findings: [], depth }, terminal.out))
    return 0
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    complain(terminal, `${source}: ${error.message}`)
    return 2
  }
}

/** Parameters that nothing gives a value: what depends on them stays unknown. */
function reportMissing(networks: readonly NetworkGraph[], { err }: Terminal) {
  for (const { name, runs, declaration } of networks) {
    for (const { name: param, default: standard } of declaration.params) {
      const value = runs[0]?.args.find((arg) => arg.name === param.name)?.value
      if (standard !== undefined || value === undefined || !isUnknown(value)) continue
      err.write(`${name} has no value for its parameter ${param.name}: give one with --set ${param.name}=…\n`)
    }
  }
}

/** What keeps the summary from being whole: errors only, `check` shows the rest. */
function reportFaults(found: readonly ReportedProblem[], { err }: Terminal) {
  err.write(
    findingsText(
      found.filter(({ severity }) => severity === 'error'),
      err,
    ),
  )
}
