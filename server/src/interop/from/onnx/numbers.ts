/** The numbers of small constants: sizes, axes, bounds. Those of weights are never read. */
import { BinaryReader } from '@bufbuild/protobuf/wire'
import type { Tensor } from '../../onnx/onnx_pb'

/** Constants with more entries are weights, whose numbers nothing here depends on. */
const MOST_NUMBERS = 4096

/** The shape of a tensor of an ONNX file. */
export function dimsOf(tensor: Tensor): readonly number[] {
  return tensor.dims.map(Number)
}

type Read = (view: DataView, offset: number) => number

/** How the bytes of `raw_data` are read, by the number of the data type: its size in bytes and the reader. */
const RAW: Readonly<Record<number, readonly [number, Read]>> = {
  1: [4, (view, at) => view.getFloat32(at, true)],
  2: [1, (view, at) => view.getUint8(at)],
  3: [1, (view, at) => view.getInt8(at)],
  4: [2, (view, at) => view.getUint16(at, true)],
  5: [2, (view, at) => view.getInt16(at, true)],
  6: [4, (view, at) => view.getInt32(at, true)],
  7: [8, (view, at) => Number(view.getBigInt64(at, true))],
  9: [1, (view, at) => view.getUint8(at)],
  10: [2, (view, at) => halfToNumber(view.getUint16(at, true))],
  11: [8, (view, at) => view.getFloat64(at, true)],
  12: [4, (view, at) => view.getUint32(at, true)],
  13: [8, (view, at) => Number(view.getBigUint64(at, true))],
}

/** The numbers of a constant, in the order of its axes; undefined when they are many, elsewhere or of another kind. */
export function numbersOf(tensor: Tensor): readonly number[] | undefined {
  const count = dimsOf(tensor).reduce((product, dim) => product * dim, 1)
  if (!(count <= MOST_NUMBERS) || tensor.externalData.length > 0) return undefined
  if (count === 0) return []
  const numbers = tensor.rawData.length > 0 ? rawNumbers(tensor) : typedNumbers(tensor)
  return numbers?.length === count ? numbers : undefined
}

function rawNumbers({ rawData, dataType }: Tensor): readonly number[] | undefined {
  const [size, read] = RAW[dataType] ?? []
  if (size === undefined || read === undefined || rawData.length % size !== 0) return undefined
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength)
  return Array.from({ length: rawData.length / size }, (_, i) => read(view, i * size))
}

function typedNumbers(tensor: Tensor): readonly number[] | undefined {
  const { floatData, doubleData, int32Data, int64Data, dataType } = tensor
  if (floatData.length > 0) return packed(floatData, (reader) => reader.float())
  if (doubleData.length > 0) return packed(doubleData, (reader) => reader.double())
  if (int64Data.length > 0) return packed(int64Data, (reader) => Number(reader.int64()))
  const isHalf = dataType === 10
  if (int32Data.length > 0) {
    return packed(int32Data, (reader) => (isHalf ? halfToNumber(reader.int32()) : reader.int32()))
  }
  return undefined
}

function packed(bytes: Uint8Array, read: (reader: BinaryReader) => number): readonly number[] | undefined {
  const reader = new BinaryReader(bytes)
  const numbers: number[] = []
  try {
    while (reader.pos < reader.len) numbers.push(read(reader))
  } catch {
    return undefined
  }
  return numbers
}

/** A 16-bit float (IEEE 754 binary16) as a number. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
