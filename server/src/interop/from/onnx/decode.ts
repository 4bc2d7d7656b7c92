/** The bytes of an ONNX file as the message that they hold. Numbers of weights are views of the bytes, never copied. */
import { fromBinary } from '@bufbuild/protobuf'
import { ImportError } from '../../graph/import-error'
import { type Model, ModelSchema } from '../../onnx/onnx_pb'

const LFS_POINTER = 'version https://git-lfs.github.com/spec/'

/** @throws ImportError when the bytes are no ONNX model */
export function decodeModel(bytes: Uint8Array): Model {
  if (startsWith(bytes, LFS_POINTER)) {
    throw new ImportError({
      what: 'the file is a pointer of Git LFS, not the model',
      why: 'the model itself was not downloaded with the repository',
      todo: 'run git lfs pull, and try again',
    })
  }
  const model = decoded(bytes)
  if (model?.graph === undefined || model.opsetImport.length === 0) {
    throw new ImportError({
      what: 'this is no ONNX model',
      why: 'the bytes are not the protocol buffer that ONNX defines, or it holds no graph',
      todo: 'check that the file was written and copied whole',
    })
  }
  return model
}

function decoded(bytes: Uint8Array): Model | undefined {
  try {
    return fromBinary(ModelSchema, bytes, { readUnknownFields: false })
  } catch {
    return undefined
  }
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, text.length)) === text
}
