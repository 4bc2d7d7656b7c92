import { ErrorCodes, ExecuteCommandRequest, ResponseError } from 'vscode-languageserver'
import { wrapRequest } from '../requests'
import type { Feature, RunCommand } from './feature'

/** What runs the commands of these features. */
export function commandFeature(features: readonly Feature[]): Feature {
  const commands = new Map<string, RunCommand>(
    features.flatMap(({ commands = {} }) => Object.entries(commands)),
  )
  return {
    capabilities: () => ({
      executeCommandProvider: { commands: [...commands.keys()], workDoneProgress: true },
    }),
    register(services) {
      // Not `onExecuteCommand`, which hides whether the client has sent a token for the progress.
      services.connection.onRequest(
        ExecuteCommandRequest.type,
        wrapRequest(
          services.requests,
          { name: 'command', empty: null, needs: ['command'] },
          async ({ command, arguments: args = [], workDoneToken }, checkpoint) => {
            const run = commands.get(command)
            if (run === undefined) {
              throw new ResponseError(ErrorCodes.InvalidParams, `There is no command '${command}'.`)
            }
            const token = workDoneToken === undefined ? {} : { workDoneToken }
            return run(services, { args, checkpoint, ...token })
          },
        ),
      )
    },
  }
}
