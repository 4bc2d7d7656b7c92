import { type FixPolicy, UNASKED } from '../../lint/fix-all'
import { showCount, showCountOf } from '../../model/show'
import { checkModels, MODEL_OPTIONS } from '../check-models'
import { type CommandOptionValues, command, type ExitStatus, UsageError } from '../command'
import { CONFIG_OPTIONS, type FileConfigs, openConfigs } from '../configs'
import { destination } from '../destination'
import { countOf, type FileReport } from '../findings'
import { type FixedText, fixFiles, writeFixed } from '../fix'
import { CHECK_FORMATS } from '../formats/check'
import { unifiedDiff } from '../formats/diff'
import { analysesOf } from '../importers'
import { CHOICES, fixSearch, lint } from '../lint'
import { reportMistakes } from '../mistakes'
import { isModel } from '../models'
import { fixReporter } from '../offered'
import { type OpenSources, openSources } from '../open'
import { OVERRIDE_OPTIONS, readOverrides } from '../overrides'
import { printConfig } from '../print-config'
import { printable } from '../printable'
import { progress } from '../progress'
import { complain, type Terminal, writeText } from '../terminal'

const OPTIONS = {
  format: {
    kind: 'choice',
    choices: ['text', 'json', 'sarif', 'github'],
    help: 'How to print what was found: for people, for programs, for code scanning, as annotations of GitHub Actions',
  },
  'output-file': {
    kind: 'text',
    short: 'o',
    value: 'PATH',
    help: 'Write what was found to a file instead of standard output',
  },
  quiet: { kind: 'flag', short: 'q', help: 'Report errors only' },
  'max-warnings': { kind: 'count', value: 'N', help: 'Fail when there are more than N warnings' },
  fix: {
    kind: 'flag',
    help: 'Fix the files first: what is certain, and what leaves the network as it is (see the classes of fixes)',
  },
  'unsafe-fixes': {
    kind: 'flag',
    help: 'With --fix or --fix-dry-run, make choices too, which change the network: the first fix of each problem',
  },
  'fix-dry-run': {
    kind: 'flag',
    help: 'Write nothing: print what --fix would change as a diff, and end with status 1 when there is anything',
  },
  ...OVERRIDE_OPTIONS,
  ...MODEL_OPTIONS,
  ...CONFIG_OPTIONS,
  'print-config': {
    kind: 'flag',
    help: 'Check nothing: print which rules hold for the one file that is named, as JSON',
  },
  'force-exclude': {
    kind: 'flag',
    help: 'Leave out what is ignored even if it is named, as a hook that names the changed files wants it',
  },
  'stdin-filename': { kind: 'text', value: 'PATH', help: 'The file name to use for standard input' },
} as const

type Options = CommandOptionValues<typeof OPTIONS>

export const check = command({
  name: 'check',
  summary: 'Find mistakes in files, and fix them',
  arguments: { usage: '[PATH…]', min: 0, max: Number.POSITIVE_INFINITY },
  details: [
    'Checks files, folders (every .cnn file below, without node_modules and folders that begin with a dot) and glob patterns; without a path the current folder, with - standard input, whose text --fix prints.',
    'Which rules run is set in the nearest cnnlint.config.json of each file. What that or a .gitignore leaves out is left out of folders and patterns; a file that is named is checked.',
    'Ends with status 1 when there is an error, or when there are more warnings than --max-warnings allows; an info or a hint never fails. Ends with status 2 when something that was asked for cannot be read, or a configuration has a mistake.',
  ],
  examples: [
    'check',
    "check examples 'models/**/*.cnn'",
    'check --fix models',
    'check --rule stride-drops-pixels=error --max-warnings 0',
    'check --input image=3x64x64 examples/classification/vgg.cnn',
    'check --format sarif --output-file cnnlint.sarif',
    'check --fix --stdin-filename models/new.cnn - < draft.cnn',
  ],
  options: OPTIONS,
  async run({ args, options }, terminal) {
    checkOptions(args, options)
    const models = args.filter(isModel)
    if (models.length > 0) return checkAllModels(args, models, options, terminal)
    const configs = await openConfigs(options)
    if (options['print-config']) return printConfig(args, configs, terminal)
    const isStdinFixed = options.fix && args.includes('-')
    const { output, end } = destination(
      options['output-file'],
      isStdinFixed ? terminal.err : terminal.out,
      terminal,
    )
    const wanted = { args, stdinName: options['stdin-filename'], forceExclude: options['force-exclude'] }
    const sources = await openSources(wanted, configs, terminal)
    if (sources.files.length === 0) {
      if (isStdinFixed) writeText(sources.input ?? '', terminal)
      const isWrong = reportMistakes(configs, terminal)
      return isWrong || sources.failed || !sources.excluded ? 2 : 0
    }

    const found = await fix(sources, configs, options, terminal)
    const fixed = options.fix && !isStdinFixed ? writeFixed(found, sources, terminal) : found
    if (isStdinFixed) writeText(fixedInput(sources, found), terminal)
    const reports = await checkAll(sources, configs, options, terminal)
    if (options['fix-dry-run']) {
      for (const [file, texts] of fixed) output.write(unifiedDiff(file, texts, output.paint))
      reportMistakes(configs, terminal)
    } else {
      const shown = options.quiet ? reports.map(errorsOnly) : reports
      output.write(CHECK_FORMATS[options.format](shown, output))
    }
    if (fixed.size > 0) {
      const done = options.fix ? 'fixed' : 'would change'
      terminal.err.write(`${showCountOf(fixed.size, 'file')} ${done}\n`)
    }
    if (!end() || sources.failed || fixed.size < found.size || configs.mistakes().length > 0) return 2
    return status(reports, fixed, options, terminal)
  },
})

/** @throws UsageError for what does not go with models */
function checkAllModels(
  args: readonly string[],
  models: readonly string[],
  options: Options,
  terminal: Terminal,
): ExitStatus {
  const { format, fix, 'fix-dry-run': dryRun } = options
  if (models.length < args.length)
    throw new UsageError('models of PyTorch or ONNX are checked without other files')
  if (fix || dryRun) throw new UsageError('models are never changed: --fix is for .cnn files')
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`models have no --format ${format}: text or json`)
  const { output, end } = destination(options['output-file'], terminal.out, terminal)
  const status = checkModels(
    models,
    { format, inputs: options.input, arguments: options.arg, python: options.python },
    output,
    terminal,
  )
  return end() ? status : 2
}

/** @throws UsageError for options that do not go together. */
function checkOptions(args: readonly string[], options: Options) {
  const { fix, 'fix-dry-run': dryRun, 'unsafe-fixes': unsafe } = options
  if (fix && dryRun) throw new UsageError('--fix writes and --fix-dry-run does not: give one of them')
  if (unsafe && !fix && !dryRun) throw new UsageError('--unsafe-fixes goes with --fix or --fix-dry-run')
  if (!fix && !dryRun) return
  if (Object.keys(options.set).length + options.input.length > 0) {
    throw new UsageError('files are fixed as they are written: --set and --input do not go with --fix')
  }
  if (fix && args.includes('-') && args.length > 1) {
    throw new UsageError('- stands alone: standard input is not fixed with files')
  }
  if (dryRun && options.format !== 'text')
    throw new UsageError('--fix-dry-run prints a diff: it has no --format')
}

/** Nothing is changed on the word of a configuration that has mistakes: it may be another rule that was meant. */
async function fix(
  sources: OpenSources,
  configs: FileConfigs,
  options: Options,
  terminal: Terminal,
): Promise<ReadonlyMap<string, FixedText>> {
  if (!options.fix && !options['fix-dry-run']) return new Map()
  for (const file of sources.files) await configs.settingsOf(file)
  if (configs.mistakes().length > 0) {
    complain(terminal, 'nothing is fixed, because the configuration has mistakes')
    return new Map()
  }
  return fixFiles(sources, policyOf(options), configs, terminal)
}

function policyOf(options: Options): FixPolicy {
  return options['unsafe-fixes'] ? CHOICES : UNASKED
}

/** The text of standard input with what was fixed in it. */
function fixedInput({ input = '' }: OpenSources, fixed: ReadonlyMap<string, FixedText>): string {
  const [texts] = fixed.values()
  return texts === undefined ? input : input.slice(0, input.length - texts.before.length) + texts.after
}

/** The mistakes in configurations and what is found in the files, in this order. */
async function checkAll(
  { files, host }: OpenSources,
  configs: FileConfigs,
  options: Options,
  terminal: Terminal,
): Promise<readonly FileReport[]> {
  const trees = files.map((file) => host.file(file)).filter((tree) => tree !== undefined)
  const reports: FileReport[] = []
  const bar = progress(terminal.err, 'Checking', files.length)
  // The other formats do not say what would be fixed, and a dry run shows it.
  const isTold = options.format === 'text' && !options['fix-dry-run']
  const search = isTold ? fixSearch(host, options.fix ? policyOf(options) : undefined) : undefined
  const overrides = readOverrides(options, trees)
  for (const remark of overrides.remarks)
    terminal.err.write(`${printable(remark)}
`)
  for (const each of analysesOf(files, host, overrides.options)) {
    const file = each.analysis.uri
    bar.step(file)
    const settings = await configs.settingsOf(file)
    const fixesOf = options.format === 'json' ? fixReporter(each, host, settings) : undefined
    reports.push({ file, findings: lint(each, settings, terminal, { search, fixesOf }) })
  }
  bar.end()
  return [...configs.mistakes(), ...reports]
}

function status(
  reports: readonly FileReport[],
  fixed: ReadonlyMap<string, FixedText>,
  options: Options,
  terminal: Terminal,
): ExitStatus {
  const warnings = countOf(reports, 'warning')
  const limit = options['max-warnings'] ?? Number.POSITIVE_INFINITY
  if (warnings > limit) {
    complain(terminal, `${showCount(warnings)} warnings are more than the ${showCount(limit)} allowed`)
  }
  const wouldChange = options['fix-dry-run'] && fixed.size > 0
  return wouldChange || countOf(reports, 'error') > 0 || warnings > limit ? 1 : 0
}

function errorsOnly({ file, findings }: FileReport): FileReport {
  return { file, findings: findings.filter(({ severity }) => severity === 'error') }
}
