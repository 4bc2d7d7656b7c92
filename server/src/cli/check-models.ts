/** `check` of models of other frameworks: a report on each. */
import { reportOf } from '../features/model-check/report'
import { ImportError } from '../interop/graph/import-error'
import type { ExitStatus } from './command'
import { modelJson } from './formats/model-json'
import { modelText } from './formats/model-text'
import { type ModelOptions, readModel } from './models'
import { complain, type Output, type Terminal } from './terminal'

/** The options of commands that read models, beside the sizes of inputs. */
export const MODEL_OPTIONS = {
  arg: {
    kind: 'texts',
    value: 'NAME=VALUE',
    help: 'An argument of the class or function that makes a PyTorch model',
  },
  python: {
    kind: 'text',
    value: 'PATH',
    help: 'The Python that runs a PyTorch model (python3 unless said otherwise)',
  },
} as const

interface CheckedModels extends ModelOptions {
  readonly format: 'text' | 'json'
}

/** Prints a report on each model; the worst status of all is the result. */
export function checkModels(
  sources: readonly string[],
  options: CheckedModels,
  output: Output,
  terminal: Terminal,
): ExitStatus {
  let status: ExitStatus = 0
  for (const source of sources) {
    try {
      const report = reportOf(readModel(source, options))
      const next = `cnnlint import ${source}${options.inputs.map((input) => ` --input ${input}`).join('')} -o ${report.name}.cnn`
      output.write(options.format === 'json' ? modelJson(report) : modelText(report, next, output))
      const isWrong =
        report.fault !== undefined || report.findings.some(({ severity }) => severity === 'error')
      if (isWrong && status === 0) status = 1
    } catch (error) {
      if (!(error instanceof ImportError)) throw error
      complain(terminal, `${source}: ${error.message}`)
      status = 2
    }
  }
  return status
}
