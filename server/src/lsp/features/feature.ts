import type { ServerCapabilities, WorkDoneProgressParams } from 'vscode-languageserver'
import type { Checkpoint } from '../requests'
import type { ServerConfig } from '../server-config'
import type { Services } from '../services'

/** A part of what the server offers to editors: what it announces, beside what it does. */
export interface Feature {
  /** What the answer to `initialize` says about it. */
  capabilities?(config: ServerConfig): ServerCapabilities
  /** Installs its handlers. Called once, when the client has sent `initialize`. */
  register?(services: Services): void
  /** What `workspace/executeCommand` runs, by the names of the commands. */
  readonly commands?: Readonly<Record<string, RunCommand>>
}

/** Runs a command and returns the answer for the client. */
export type RunCommand = (services: Services, call: CommandCall) => Promise<unknown>

/** How a command was called. */
interface CommandCall extends WorkDoneProgressParams {
  readonly args: readonly unknown[]
  readonly checkpoint: Checkpoint
}
