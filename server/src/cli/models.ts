/** Models of other frameworks as they are named on the command line, read. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOnnx } from '../interop/from/onnx/index'
import { isDump, parseDump } from '../interop/from/pytorch/dump'
import { readPyTorch } from '../interop/from/pytorch/index'
import type { ImportGraph } from '../interop/graph/graph'
import { UsageError } from './command'
import { reason } from './files'

/** How a model is asked for. */
export interface ModelOptions {
  /** What the network is called; its file's or class's name when left out. */
  readonly name?: string | undefined
  /** Sizes of inputs, `[NAME=]SIZE`. */
  readonly inputs: readonly string[]
  /** Arguments of the constructor, `NAME=VALUE`. */
  readonly arguments: readonly string[]
  /** The Python that runs the model; `python3` when left out. */
  readonly python: string | undefined
}

/** Whether an argument names a model, by its form alone: a file of our own is never one. */
export function isModel(source: string): boolean {
  return extname(source).toLowerCase() === '.onnx' || isPyTorch(source)
}

/** The script that records a PyTorch model stands beside the bundled program, or in the sources. */
const HERE = dirname(import.meta.url.startsWith('file:') ? fileURLToPath(import.meta.url) : import.meta.url)
const SCRIPTS = [join(HERE, 'dump.py'), join(HERE, '../interop/from/pytorch/dump.py')]

/**
 * Reads `model.onnx`, `dump.json`, `path/file.py:Name` or `package.module:Name`.
 * @throws UsageError for what is no model, ImportError for one that cannot be read
 */
export function readModel(source: string, options: ModelOptions): ImportGraph {
  const { name } = options
  const extension = extname(source).toLowerCase()
  if (extension === '.onnx') {
    return readOnnx(bytesOf(source), { name: name ?? stem(source), inputs: sizesByName(options.inputs) })
  }
  if (extension === '.json') {
    const text = bytesOf(source).toString('utf8')
    if (!isDump(text)) throw new UsageError(`'${source}' is no dump of a PyTorch model`)
    const dump = parseDump(text)
    return readPyTorch(dump, name ?? dump.type)
  }
  if (isPyTorch(source)) {
    const dump = parseDump(recorded(source, options))
    return readPyTorch(dump, name ?? dump.type)
  }
  throw new UsageError(
    `'${source}' is no model that can be read: it is model.onnx, a dump of a PyTorch model (.json), or path/file.py:Name`,
  )
}

/** @throws UsageError when the file cannot be read */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`cannot read '${path}': ${reason(error)}`)
  }
}

/** `path/file.py:Name` or `package.module:Name`. */
function isPyTorch(source: string): boolean {
  return /^.+:[A-Za-z_][\w.]*$/.test(source)
}

function stem(path: string): string {
  return basename(path, extname(path))
}

function sizesByName(inputs: readonly string[]): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    inputs.map((input) => {
      const at = Math.max(input.lastIndexOf('='), input.lastIndexOf(':'))
      const sizes = input
        .slice(at + 1)
        .split(/[x,]/)
        .map(Number)
      if (sizes.length === 0 || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
        throw new UsageError(`--input needs [NAME=]SIZE such as 3x224x224, not '${input}'`)
      }
      return [input.slice(0, Math.max(0, at)), sizes]
    }),
  )
}

/** Runs the user's Python, which runs the model. */
function recorded(source: string, { inputs, arguments: args, python = 'python3' }: ModelOptions): string {
  const script = SCRIPTS.find((path) => existsSync(path))
  if (script === undefined) throw new Error('the script that records PyTorch models is missing')
  const folder = mkdtempSync(join(tmpdir(), 'cnnlint-'))
  const output = join(folder, 'dump.json')
  try {
    const options = [
      ...inputs.flatMap((input) => ['--input', withBatch(input)]),
      ...args.flatMap((each) => ['--arg', each]),
    ]
    execFileSync(python, [script, source, ...options, '--output', output], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return readFileSync(output, 'utf8')
  } catch (error) {
    throw new UsageError(`${python} could not record the model: ${String((error as Error).message)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A size for one image gets a batch of one in front. */
function withBatch(input: string): string {
  const at = Math.max(input.lastIndexOf('='), input.lastIndexOf(':'))
  const name = at < 0 ? '' : `${input.slice(0, at)}=`
  const sizes = input.slice(at + 1).replaceAll(',', 'x')
  return `${name}${sizes.startsWith('1x') && sizes.split('x').length > 3 ? sizes : `1x${sizes}`}`
}
