import { format as formatText } from '../../../../grammar/format'
import { showCountOf } from '../../model/show'
import { command, type ExitStatus, UsageError } from '../command'
import { openConfigs } from '../configs'
import { readNamed, reason, replaceText } from '../files'
import { leftOut } from '../open'
import { tidyPath } from '../path-names'
import { type FindRules, type FoundFile, findFiles, isExcluded } from '../paths'
import { printable } from '../printable'
import { complain, type Terminal, writeText } from '../terminal'

type Outcome = 'changed' | 'unchanged' | 'failed'

export const format = command({
  name: 'format',
  summary: 'Lay files out in the standard way',
  arguments: { usage: '[PATH…]', min: 0, max: Number.POSITIVE_INFINITY },
  details: [
    'Writes files in place and prints the names of those that changed; without a path all files of the current folder, with - standard input, whose result goes to standard output.',
    'A part that cannot be parsed stays as it is; the rest of its file is laid out. What a configuration or a .gitignore leaves out is left out of folders and patterns.',
  ],
  examples: ['format', 'format --check examples', 'format - < draft.cnn'],
  options: {
    check: {
      kind: 'flag',
      help: 'Write nothing: print the names of the files that would change, and end with status 1 when there are any',
    },
    'force-exclude': {
      kind: 'flag',
      help: 'Leave out what is ignored even if it is named, as a hook that names the changed files wants it',
    },
    'stdin-filename': {
      kind: 'text',
      value: 'PATH',
      help: 'The file name to use for standard input, by which it may be ignored',
    },
  },
  async run({ args, options }, terminal) {
    const rules = { isIgnored: (await openConfigs()).isIgnored, forceExclude: options['force-exclude'] }
    if (args.includes('-')) {
      if (args.length > 1) throw new UsageError('- stands alone: standard input is not formatted with files')
      const name = options['stdin-filename']
      const isLeft = name !== undefined && rules.forceExclude && (await isExcluded(tidyPath(name), rules))
      return formatInput(isLeft ? (text) => text : formatText, options.check, terminal)
    }
    return formatFiles(args, rules, options.check, terminal)
  },
})

async function formatInput(
  laidOut: (text: string) => string,
  checkOnly: boolean,
  terminal: Terminal,
): Promise<ExitStatus> {
  let text: string
  try {
    text = await terminal.readInput()
  } catch (error) {
    complain(terminal, `cannot format standard input: ${reason(error)}`)
    return 2
  }
  const formatted = laidOut(text)
  if (checkOnly) return formatted === text ? 0 : 1
  writeText(formatted, terminal)
  return 0
}

async function formatFiles(
  args: readonly string[],
  rules: FindRules,
  checkOnly: boolean,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { files, missing, unreadable } = await findFiles(args, rules)
  for (const message of missing) complain(terminal, message)
  for (const each of unreadable) leftOut(each, terminal)
  const outcomes = files.map((file) => formatFile(file, checkOnly, terminal))
  const changed = outcomes.filter((outcome) => outcome === 'changed').length
  if (changed > 0 && checkOnly) terminal.err.write(`${showCountOf(changed, 'file')} would change\n`)
  if (missing.length > 0 || outcomes.includes('failed')) return 2
  return checkOnly && changed > 0 ? 1 : 0
}

function formatFile({ path, named }: FoundFile, checkOnly: boolean, terminal: Terminal): Outcome {
  let text: string
  try {
    text = readNamed(path)
  } catch (error) {
    if (named) complain(terminal, `cannot format '${path}': ${reason(error)}`)
    else leftOut({ path, why: reason(error) }, terminal)
    return named ? 'failed' : 'unchanged'
  }
  const formatted = formatText(text)
  if (formatted === text) return 'unchanged'
  try {
    if (!checkOnly) replaceText(path, text, formatted)
  } catch (error) {
    complain(terminal, `cannot format '${path}': ${reason(error)}`)
    return 'failed'
  }
  terminal.out.write(`${printable(path)}\n`)
  return 'changed'
}
