import { ErrorCodes, ResponseError } from 'vscode-languageserver'
import { type NetworkInput, networkInputs } from '../../features/input-sizes/network-inputs'
import type { TrySize } from '../../features/input-sizes/try-lens'
import { COMMANDS, type InputsParams, REQUESTS_TO_SERVER } from '../messages'
import { type Checkpoint, wrapDocumentRequest, wrapRequest } from '../requests'
import type { Services } from '../services'
import { normalizeUri } from '../uri'
import type { Feature, RunCommand } from './feature'

async function inputsOf(
  { analyses }: Services,
  uri: string,
  sizes: boolean,
  checkpoint: Checkpoint,
): Promise<readonly NetworkInput[]> {
  const view = await analyses.view(uri, checkpoint)
  return view === undefined ? [] : networkInputs(view, sizes)
}

const runInputSizes: RunCommand = async (services, { args: [argument], checkpoint }) => {
  const uri = addressOf(argument)
  return inputsOf(services, uri, (argument as { sizes?: boolean }).sizes !== false, checkpoint)
}

const runTrySize: RunCommand = async (services, { args: [argument], checkpoint }) => {
  const uri = addressOf(argument)
  const params = argument as TrySize
  const size = params.size === undefined ? await askedSize(services, params, checkpoint) : params.size
  if (size !== undefined) services.tried.set(uri, { ...params, size })
  return null
}

/**
 * A size is missing where an editor runs a lens as it is: the user is asked with what every client can show.
 * Null goes back to the size of the text; undefined when the user chose nothing.
 */
async function askedSize(
  services: Services,
  { uri, network, input }: TrySize,
  checkpoint: Checkpoint,
): Promise<string | null | undefined> {
  const inputs = await inputsOf(services, normalizeUri(uri), false, checkpoint)
  const meant = inputs.find(
    (each) => (network ?? each.network) === each.network && (input ?? each.input) === each.input,
  )
  if (meant === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'There is no such input.')
  const back = `Back to ${meant.declared}`
  const titles = [...meant.suggestions, ...(meant.tried === undefined ? [] : [back])]
  const items = titles.map((title) => ({ title }))
  const question = `Which size is to be tried for ${meant.input} of ${meant.network} (${meant.declared})?`
  const chosen = await services.connection.window.showInformationMessage(question, ...items)
  return chosen?.title === back ? null : chosen?.title
}

function addressOf(argument: unknown): string {
  const uri = (argument as Partial<TrySize> | null | undefined)?.uri
  if (typeof uri !== 'string')
    throw new ResponseError(ErrorCodes.InvalidParams, 'The argument names no document.')
  return normalizeUri(uri)
}

/** Which sizes the inputs may have, and trying one: requests of our own, and commands for clients without them. */
export const inputSizeFeature: Feature = {
  register(services) {
    const { connection, requests, tried } = services
    connection.onRequest(
      REQUESTS_TO_SERVER.trySize,
      wrapRequest(requests, { name: 'try size', empty: null }, (params: TrySize) => {
        tried.set(addressOf(params), params)
        return null
      }),
    )
    connection.onRequest(
      REQUESTS_TO_SERVER.inputs,
      wrapDocumentRequest(
        requests,
        { name: 'inputs', empty: [] as readonly NetworkInput[] },
        (uri, { sizes }: InputsParams, checkpoint) => inputsOf(services, uri, sizes === true, checkpoint),
      ),
    )
  },
  commands: {
    [COMMANDS.trySize]: runTrySize,
    [COMMANDS.inputSizes]: runInputSizes,
  },
}
