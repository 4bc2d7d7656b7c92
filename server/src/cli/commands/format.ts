import { format as formatText } from '../../../../grammar/format'
import { showCountOf } from '../../model/show'
import { command, UsageError } from '../command'
import { openConfigs } from '../configs'
import { readNamed, reason, replaceText } from '../files'
import { findFiles } from '../paths'
import { printable } from '../printable'
import { complain, type Terminal } from '../terminal'

type Outcome = 'changed' | 'unchanged' | 'failed'

export const format = command({
  name: 'format',
  summary: 'Lay files out in the standard way',
  arguments: { usage: '[PATH…]', min: 0, max: Number.POSITIVE_INFINITY },
  details: [
    'Writes files in place and prints the names of those that changed; without a path all files of the current folder, with - standard input, whose result goes to standard output.',
    'A part that cannot be parsed stays as it is; the rest of its file is laid out.',
  ],
  examples: ['format', 'format --check examples', 'format - < draft.cnn'],
  options: {
    check: {
      kind: 'flag',
      help: 'Write nothing: print the names of the files that would change, and end with status 1 when there are any',
    },
  },
  async run({ args, options }, terminal) {
    if (args.includes('-')) {
      if (args.length > 1) throw new UsageError('- stands alone: standard input is not formatted with files')
      return formatInput(options.check, terminal)
    }
    const { files, missing } = await findFiles(args, (await openConfigs()).isIgnored)
    for (const message of missing) complain(terminal, message)
    const outcomes = files.map((file) => formatFile(file, options.check, terminal))
    const changed = outcomes.filter((outcome) => outcome === 'changed').length
    if (changed > 0 && options.check) {
      terminal.err.write(`${showCountOf(changed, 'file')} would change\n`)
    }
    if (missing.length > 0 || outcomes.includes('failed')) return 2
    return options.check && changed > 0 ? 1 : 0
  },
})

async function formatInput(checkOnly: boolean, { out, readInput }: Terminal) {
  const text = await readInput()
  const formatted = formatText(text)
  if (checkOnly) return formatted === text ? 0 : 1
  out.write(formatted)
  return 0
}

function formatFile(file: string, checkOnly: boolean, terminal: Terminal): Outcome {
  try {
    const text = readNamed(file)
    const formatted = formatText(text)
    if (formatted === text) return 'unchanged'
    if (!checkOnly) replaceText(file, text, formatted)
    terminal.out.write(`${printable(file)}\n`)
    return 'changed'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    complain(terminal, `cannot format '${file}': ${reason(error)}`)
    return 'failed'
  }
}
