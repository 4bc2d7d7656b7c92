import { showCount } from '../../model/show'
import { command, type ExitStatus } from '../command'
import { countOf, type FileReport } from '../findings'
import { CHECK_FORMATS } from '../formats/check'
import { lint } from '../lint'
import { openSources } from '../open'
import { OVERRIDE_OPTIONS, toAnalyzeOptions } from '../overrides'
import { progress } from '../progress'

export const check = command({
  name: 'check',
  summary: 'Find mistakes in files',
  arguments: { usage: '[PATH…]', min: 0, max: Number.POSITIVE_INFINITY },
  details: [
    'Checks files, folders (every .cnn file below, without node_modules and folders that start with a dot) and glob patterns; without a path the current folder, with - standard input.',
    'Ends with status 1 when there is an error, or when there are more warnings than --max-warnings allows; information and hints never fail.',
  ],
  examples: [
    'check',
    "check examples 'models/**/*.cnn'",
    'check --set classes=10 --input image=3x32x32 resnet.cnn',
    'check --format sarif > cnnlint.sarif',
    'check --stdin-filename models/new.cnn - < draft.cnn',
  ],
  options: {
    format: {
      kind: 'choice',
      choices: ['text', 'json', 'sarif', 'github'],
      help: 'How to print what was found: for people, for programs, for code scanning, as annotations of GitHub Actions',
    },
    ...OVERRIDE_OPTIONS,
    quiet: { kind: 'flag', help: 'Report errors only' },
    'max-warnings': { kind: 'count', value: 'N', help: 'Fail when there are more than N warnings' },
    'stdin-filename': { kind: 'text', value: 'PATH', help: 'The name that standard input goes by' },
  },
  async run({ args, options }, terminal) {
    const { files, host, failed } = await openSources(args, options['stdin-filename'], terminal)
    if (files.length === 0) return 2
    const trees = files.map((file) => host.file(file)).filter((tree) => tree !== undefined)
    const analyzeOptions = toAnalyzeOptions(options, trees)

    const bar = progress(terminal.err, 'Checking', files.length)
    const all = files.map((file): FileReport => {
      bar.step(file)
      return { file, findings: lint(file, host, analyzeOptions, terminal).found }
    })
    bar.end()

    const reports = options.quiet ? all.map(errorsOnly) : all
    terminal.out.write(CHECK_FORMATS[options.format](reports, terminal.out))
    const warnings = countOf(all, 'warning')
    const limit = options['max-warnings'] ?? Number.POSITIVE_INFINITY
    if (warnings > limit) {
      terminal.err.write(
        `cnnlint: ${showCount(warnings)} warnings are more than the ${showCount(limit)} allowed\n`,
      )
    }
    return status(failed, countOf(all, 'error') > 0 || warnings > limit)
  },
})

function status(failed: boolean, found: boolean): ExitStatus {
  if (failed) return 2
  return found ? 1 : 0
}

function errorsOnly({ file, findings }: FileReport): FileReport {
  return { file, findings: findings.filter(({ severity }) => severity === 'error') }
}
