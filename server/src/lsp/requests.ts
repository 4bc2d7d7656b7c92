import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver'
import { isConfigFile } from '../config/names'
import type { DocumentParams } from './messages'
import { checkParameters, type Needed } from './parameters'
import { normalizeUri } from './uri'

/** What the wrapper needs to know of the server. */
export interface RequestContext {
  /** The client has sent `shutdown`. */
  isStopped(): boolean
  /** Changes with the text of an open document; undefined for a closed one. */
  revision(uri: string): number | undefined
  log(message: string): void
}

export interface RequestOptions<R> {
  /** For the log: `hover`. */
  readonly name: string
  /** The answer when the feature crashes. */
  readonly empty: R
  /** The parameters that it cannot do without, the document left out. */
  readonly needs?: readonly Needed[]
  /** What a document's change under way is answered with; `ContentModified` when absent. */
  readonly stale?: () => ResponseError<unknown>
}

/** A cancellation that a handler asks about while it works; it throws when the answer is no longer wanted. */
export type Checkpoint = () => void

export type Handler<P, R> = (params: P, checkpoint: Checkpoint) => R | Promise<R>

/**
 * Wraps the handler of a request: it is refused after the server has been shut down, ends as soon as it is
 * cancelled, and a crash is logged and answered empty.
 */
export function wrapRequest<P, R>(
  context: RequestContext,
  options: RequestOptions<R>,
  handler: Handler<P, R>,
) {
  return async (params: P, token: CancellationToken): Promise<R> => {
    const checkpoint = () => {
      if (token.isCancellationRequested) throw cancelled()
    }
    return answer(context, options, async () => {
      checkParameters(params, options.needs ?? [])
      checkpoint()
      const result = await handler(params, checkpoint)
      checkpoint()
      return result
    })
  }
}

/**
 * The same for a request about a document. The handler receives the document's normalized URI; the answer is
 * dropped when the document changed meanwhile. About a configuration there is nothing to say: the client's
 * editor for JSON serves it, by the schema.
 */
export function wrapDocumentRequest<P extends DocumentParams, R>(
  context: RequestContext,
  options: RequestOptions<R>,
  handler: (uri: string, params: P, checkpoint: Checkpoint) => R | Promise<R>,
) {
  return async (params: P, token: CancellationToken): Promise<R> =>
    answer(context, options, async () => {
      checkParameters(params, ['textDocument', ...(options.needs ?? [])])
      const uri = normalizeUri(params.textDocument.uri)
      if (isConfigFile(uri)) return options.empty
      const revision = context.revision(uri)
      const checkpoint = () => {
        if (token.isCancellationRequested) throw cancelled()
        if (context.revision(uri) !== revision) throw (options.stale ?? contentModified)()
      }
      checkpoint()
      const result = await handler(uri, params, checkpoint)
      checkpoint()
      return result
    })
}

/** Lets messages that have arrived in the meantime, such as a cancellation or an edit, come first. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

async function answer<R>(
  context: RequestContext,
  options: RequestOptions<R>,
  work: () => Promise<R>,
): Promise<R> {
  if (context.isStopped()) {
    throw new ResponseError(ErrorCodes.InvalidRequest, 'The server has been shut down.')
  }
  try {
    return await work()
  } catch (error) {
    if (error instanceof ResponseError) throw error
    context.log(`${options.name} failed: ${describeError(error)}`)
    return options.empty
  }
}

/** An error with its stack, for a log. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function cancelled() {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.')
}

function contentModified() {
  return new ResponseError(
    LSPErrorCodes.ContentModified,
    'The document changed while the request was served.',
  )
}
