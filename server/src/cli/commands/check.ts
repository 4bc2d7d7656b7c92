import { type FixPolicy, UNASKED } from '../../lint/fix-all'
import { showCount, showCountOf } from '../../model/show'
import { type CommandOptionValues, command, type ExitStatus, UsageError } from '../command'
import { CONFIG_OPTIONS, type FileConfigs, openConfigs } from '../configs'
import { countOf, type FileReport } from '../findings'
import { type FixedText, fixFiles, writeFixed } from '../fix'
import { CHECK_FORMATS } from '../formats/check'
import { unifiedDiff } from '../formats/diff'
import { analysesOf } from '../importers'
import { CHOICES, fixSearch, lint } from '../lint'
import { type OpenSources, openSources } from '../open'
import { OVERRIDE_OPTIONS, toAnalyzeOptions } from '../overrides'
import { progress } from '../progress'
import type { Terminal } from '../terminal'

const OPTIONS = {
  format: {
    kind: 'choice',
    choices: ['text', 'json', 'sarif', 'github'],
    help: 'How to print what was found: for people, for programs, for code scanning, as annotations of GitHub Actions',
  },
  ...OVERRIDE_OPTIONS,
  ...CONFIG_OPTIONS,
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
  quiet: { kind: 'flag', help: 'Report errors only' },
  'max-warnings': { kind: 'count', value: 'N', help: 'Fail when there are more than N warnings' },
  'stdin-filename': { kind: 'text', value: 'PATH', help: 'The file name to use for standard input' },
} as const

type Options = CommandOptionValues<typeof OPTIONS>

export const check = command({
  name: 'check',
  summary: 'Find mistakes in files, and fix them',
  arguments: { usage: '[PATH…]', min: 0, max: Number.POSITIVE_INFINITY },
  details: [
    'Checks files, folders (every .cnn file below, without node_modules and folders that start with a dot) and glob patterns; without a path the current folder, with - standard input.',
    'Which rules run is set in the nearest cnnlint.config.json of each file. What that ignores is left out of folders and patterns; a file that is named is checked.',
    'Ends with status 1 when there is an error, or when there are more warnings than --max-warnings allows; information and hints never fail. A mistake in a configuration ends with status 2.',
  ],
  examples: [
    'check',
    "check examples 'models/**/*.cnn'",
    'check --fix models',
    'check --rule stride-drops-pixels=error --max-warnings 0',
    'check --set classes=10 --input image=3x32x32 resnet.cnn',
    'check --format sarif > cnnlint.sarif',
    'check --stdin-filename models/new.cnn - < draft.cnn',
  ],
  options: OPTIONS,
  async run({ args, options }, terminal) {
    checkFixOptions(args, options)
    const configs = await openConfigs(options)
    const sources = await openSources(args, options['stdin-filename'], configs, terminal)
    if (sources.files.length === 0) {
      reportMistakes(configs, terminal)
      return 2
    }

    const found = await fix(sources, configs, options, terminal)
    const fixed = options.fix ? writeFixed(found, sources, terminal) : found
    const reports = await checkAll(sources, configs, options, terminal)
    if (options['fix-dry-run']) {
      for (const [file, texts] of fixed) terminal.out.write(unifiedDiff(file, texts, terminal.out.paint))
      reportMistakes(configs, terminal)
    } else {
      const shown = options.quiet ? reports.map(errorsOnly) : reports
      terminal.out.write(CHECK_FORMATS[options.format](shown, terminal.out))
    }
    if (fixed.size > 0) {
      const done = options.fix ? 'fixed' : 'would change'
      terminal.err.write(`${showCountOf(fixed.size, 'file')} ${done}\n`)
    }
    if (sources.failed || fixed.size < found.size || configs.mistakes().length > 0) return 2
    return status(reports, fixed, options, terminal)
  },
})

/** @throws UsageError for options that do not go together. */
function checkFixOptions(args: readonly string[], options: Options) {
  const { fix, 'fix-dry-run': dryRun, 'unsafe-fixes': unsafe } = options
  if (fix && dryRun) throw new UsageError('--fix writes and --fix-dry-run does not: give one of them')
  if (unsafe && !fix && !dryRun) throw new UsageError('--unsafe-fixes goes with --fix or --fix-dry-run')
  if (!fix && !dryRun) return
  if (Object.keys({ ...options.set, ...options.input }).length > 0) {
    throw new UsageError('files are fixed as they are written: --set and --input do not go with --fix')
  }
  if (fix && args.includes('-')) {
    throw new UsageError('standard input cannot be fixed in its place: --fix-dry-run prints the changes')
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
    terminal.err.write('cnnlint: nothing is fixed, because the configuration has mistakes\n')
    return new Map()
  }
  return fixFiles(sources, policyOf(options), configs, terminal)
}

function policyOf(options: Options): FixPolicy {
  return options['unsafe-fixes'] ? CHOICES : UNASKED
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
  // The other formats have no place for fixes, and a dry run shows them.
  const isShown = (options.format === 'text' || options.format === 'json') && !options['fix-dry-run']
  const search = isShown ? fixSearch(host, options.fix ? policyOf(options) : undefined) : undefined
  for (const each of analysesOf(files, host, toAnalyzeOptions(options, trees))) {
    const file = each.analysis.uri
    bar.step(file)
    reports.push({ file, findings: lint(each, await configs.settingsOf(file), terminal, search) })
  }
  bar.end()
  return [...configs.mistakes(), ...reports]
}

/** On standard error: in a dry run standard output is for the diff alone, and without files nothing is printed there. */
function reportMistakes(configs: FileConfigs, { err }: Terminal) {
  const mistakes = configs.mistakes()
  if (mistakes.length > 0) err.write(CHECK_FORMATS.text(mistakes, err))
}

function status(
  reports: readonly FileReport[],
  fixed: ReadonlyMap<string, FixedText>,
  options: Options,
  { err }: Terminal,
): ExitStatus {
  const warnings = countOf(reports, 'warning')
  const limit = options['max-warnings'] ?? Number.POSITIVE_INFINITY
  if (warnings > limit) {
    err.write(`cnnlint: ${showCount(warnings)} warnings are more than the ${showCount(limit)} allowed\n`)
  }
  const wouldChange = options['fix-dry-run'] && fixed.size > 0
  return wouldChange || countOf(reports, 'error') > 0 || warnings > limit ? 1 : 0
}

function errorsOnly({ file, findings }: FileReport): FileReport {
  return { file, findings: findings.filter(({ severity }) => severity === 'error') }
}
