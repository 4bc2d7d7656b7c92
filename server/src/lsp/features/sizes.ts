import { ErrorCodes, type Position, ResponseError } from 'vscode-languageserver'
import { type NetworkInput, networkInputs } from '../../features/network-inputs'
import { type PlaceTotals, totalsAt } from '../../features/totals'
import { TRY_SIZE, type TrySize } from '../../features/try-lens'
import type { FeatureContext } from '../features'
import { type Checkpoint, type DocumentParams, wrapDocumentRequest, wrapRequest } from '../requests'
import type { Tried } from '../tried'
import { normalizeUri } from '../uri'

/**
 * Answers with the inputs of a document's networks and the sizes that work, a list of {@link NetworkInput}; without
 * the sizes, which take longer, where the argument says `sizes: false`.
 */
export const INPUT_SIZES = 'cnnlint.inputSizes'

/** What these requests answer with, by the method. */
export const SIZE_REQUESTS = {
  /** {@link TrySize} → null. */
  trySize: 'cnnlint/trySize',
  /** A document → the inputs of its networks. */
  inputs: 'cnnlint/inputs',
  /** A document and a position → {@link PlaceTotals}, or null. */
  totals: 'cnnlint/totals',
}

/** The commands of this file, for clients that know no requests of ours. */
export const SIZE_COMMANDS = [TRY_SIZE, INPUT_SIZES]

/** Runs one of them. */
export type RunSizeCommand = (
  command: string,
  args: readonly unknown[],
  checkpoint: Checkpoint,
) => Promise<unknown>

export interface InputsParams extends DocumentParams {
  /** Also say which sizes work, which takes longer. */
  readonly sizes?: boolean
}

interface TotalsParams extends DocumentParams {
  readonly position: Position
}

/** Installs the handlers of our own requests about input sizes and totals; returns what runs the commands. */
export function registerSizes(
  { connection, context, analyses }: Pick<FeatureContext, 'connection' | 'context' | 'analyses'>,
  tried: Tried,
): RunSizeCommand {
  const inputsOf = async (uri: string, sizes: boolean, checkpoint: Checkpoint) => {
    const view = await analyses.view(uri, checkpoint)
    return view === undefined ? [] : networkInputs(view, sizes)
  }

  /** A size is missing where an editor runs a lens as it is: the user is asked with what every client can show. */
  const askedSize = async (
    uri: string,
    { network, input }: TrySize,
    checkpoint: Checkpoint,
  ): Promise<string | null | undefined> => {
    const inputs = await inputsOf(uri, false, checkpoint)
    const meant = inputs.find(
      (each) => (network ?? each.network) === each.network && (input ?? each.input) === each.input,
    )
    if (meant === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'There is no such input.')
    const back = `Back to ${meant.declared}`
    const titles = [...meant.suggestions, ...(meant.tried === undefined ? [] : [back])]
    const items = titles.map((title) => ({ title }))
    const question = `Which size is to be tried for ${meant.input} of ${meant.network} (${meant.declared})?`
    const chosen = await connection.window.showInformationMessage(question, ...items)
    return chosen?.title === back ? null : chosen?.title
  }

  connection.onRequest(
    SIZE_REQUESTS.trySize,
    wrapRequest(context, { name: 'try size', empty: null }, (params: TrySize) => {
      tried.set(addressOf(params), params)
      return null
    }),
  )
  connection.onRequest(
    SIZE_REQUESTS.inputs,
    wrapDocumentRequest(
      context,
      { name: 'inputs', empty: [] as readonly NetworkInput[] },
      (uri, { sizes }: InputsParams, checkpoint) => inputsOf(uri, sizes === true, checkpoint),
    ),
  )
  connection.onRequest(
    SIZE_REQUESTS.totals,
    wrapDocumentRequest<TotalsParams, PlaceTotals | null>(
      context,
      { name: 'totals', empty: null },
      async (uri, { position }, checkpoint) => {
        const view = await analyses.view(uri, checkpoint)
        return view === undefined ? null : (totalsAt(view, view.lines(uri).offset(position)) ?? null)
      },
    ),
  )

  return async (command, [argument], checkpoint) => {
    const uri = addressOf(argument)
    if (command === INPUT_SIZES) {
      return inputsOf(uri, (argument as { sizes?: boolean }).sizes !== false, checkpoint)
    }
    const params = argument as TrySize
    const size = params.size === undefined ? await askedSize(uri, params, checkpoint) : params.size
    if (size !== undefined) tried.set(uri, { ...params, size })
    return null
  }
}

function addressOf(argument: unknown): string {
  const uri = (argument as Partial<TrySize> | null | undefined)?.uri
  if (typeof uri !== 'string')
    throw new ResponseError(ErrorCodes.InvalidParams, 'The argument names no document.')
  return normalizeUri(uri)
}
