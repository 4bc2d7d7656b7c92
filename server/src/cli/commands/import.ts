import { writeFileSync } from 'node:fs'
import { ImportError } from '../../interop/graph/import-error'
import { imported } from '../../interop/imported'
import { MODEL_OPTIONS } from '../check-models'
import { command } from '../command'
import { readModel } from '../models'
import { printable } from '../printable'
import { complain, writeText } from '../terminal'

export const importModel = command({
  name: 'import',
  summary: 'Read a model of PyTorch or ONNX, and write it as a network',
  arguments: { usage: 'SOURCE', min: 1, max: 1 },
  details: [
    'SOURCE is model.onnx, path/file.py:Name or package.module:Name (a class or function that makes a PyTorch model, which is run once on zeros), or a dump of such a run.',
    'The modules of the model become blocks. What was read as something else or left out is told on standard error.',
  ],
  examples: [
    'import model.onnx -o model.cnn',
    'import models/unet.py:UNet --input 3x256x256',
    'import torchvision.models:resnet18 --input 3x224x224 --flat',
  ],
  options: {
    output: { kind: 'text', value: 'FILE', short: 'o', help: 'Write the network to a file' },
    name: { kind: 'text', value: 'NAME', help: 'What the network is called' },
    flat: { kind: 'flag', help: 'Write one line for each layer, without blocks' },
    input: {
      kind: 'texts',
      value: '[NAME=]SIZE',
      help: 'The size of an input for one image, as in 3x224x224',
    },
    ...MODEL_OPTIONS,
  },
  run({ args, options }, terminal) {
    try {
      const graph = readModel(args[0] as string, {
        name: options.name,
        inputs: options.input,
        arguments: options.arg,
        python: options.python,
      })
      const { text, report } = imported(graph, { flat: options.flat })
      for (const line of report) terminal.err.write(`${printable(line)}\n`)
      if (options.output === undefined) writeText(text, terminal)
      else writeFileSync(options.output, text)
      return 0
    } catch (error) {
      if (!(error instanceof ImportError)) throw error
      complain(terminal, error.message)
      return 2
    }
  },
})
