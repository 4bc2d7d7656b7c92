import { commands, type LogOutputChannel, ProgressLocation, window } from 'vscode'
import { type BaseLanguageClient, ErrorCodes, ResponseError } from 'vscode-languageclient'
import { type CreateClient, createLanguageClient } from './client'
import type { Status } from './status'
import type { SizeCommands } from './try-size'

/** The one server of this window. The steps run one after the other, however fast they are asked for. */
export interface Session {
  /** Starts the server. A failure is told to the user; it does not reject. */
  start(): Promise<void>
  /** Stops the server if it runs. */
  stop(): Promise<void>
  /** Stops and starts; resolves to whether the server runs. */
  restart(): Promise<boolean>
}

/** A session that makes its clients with `create` and logs to `output`. */
export function createSession(
  create: CreateClient,
  output: LogOutputChannel,
  status: Status,
  sizes: SizeCommands,
): Session {
  let client: BaseLanguageClient | undefined
  let lastStep: Promise<unknown> = Promise.resolve()
  const enqueue = <T>(step: () => Promise<T>): Promise<T> => {
    const result = lastStep.then(step)
    lastStep = result.catch(() => {})
    return result
  }

  const start = async () => {
    client = createLanguageClient(create, output, () => void tellStopped(output), sizes.run)
    status.follow(client)
    await client.start().catch((error) => void tellNotStarted(error, output))
  }
  // A client whose start has failed refuses to stop and to start again, so every start makes a new one.
  const stop = async () => {
    const stopped = client
    client = undefined
    status.stopped()
    await stopped?.dispose().catch((error) => output.warn(error))
  }

  return {
    start: () => enqueue(start),
    stop: () => enqueue(stop),
    restart: () =>
      enqueue(async () => {
        await stop()
        await start()
        return client?.isRunning() ?? false
      }),
  }
}

/** Restarts the server and says when it runs again; a failure has told itself. */
export async function restartServer(session: Session): Promise<void> {
  const title = 'Restarting cnnlint'
  const running = await window.withProgress({ location: ProgressLocation.Window, title }, () =>
    session.restart(),
  )
  if (running) window.setStatusBarMessage('$(check) cnnlint restarted', 4_000)
}

function tellNotStarted(error: unknown, output: LogOutputChannel) {
  const ended = error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected
  const reason = ended
    ? 'it ended before it answered.'
    : error instanceof Error
      ? error.message
      : String(error)
  return tell(`The cnnlint language server did not start: ${reason}`, output)
}

function tellStopped(output: LogOutputChannel) {
  return tell('The cnnlint language server stopped several times in a row and stays off.', output)
}

/** An error message with the two things that a user can do about it. */
async function tell(message: string, output: LogOutputChannel): Promise<void> {
  const showOutput = 'Show Output'
  const restart = 'Restart'
  const choice = await window.showErrorMessage(message, showOutput, restart)
  if (choice === showOutput) output.show()
  if (choice === restart) await commands.executeCommand('cnnlint.restartServer')
}
