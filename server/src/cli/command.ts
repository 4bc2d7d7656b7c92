import type { Terminal } from './terminal'

/** 0: nothing wrong; 1: problems found; 2: could not run. */
export type ExitStatus = 0 | 1 | 2

/** The user asked for something that does not exist or does not fit: one message, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** One option of a command as data: it is parsed, checked and documented from here. */
export type CommandOption = { readonly short?: string; readonly help: string } & (
  | { readonly kind: 'flag' }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'count'; readonly value: string }
  /** May be given several times. */
  | { readonly kind: 'texts'; readonly value: string }
  /** May be given several times: NAME=VALUE. */
  | { readonly kind: 'pairs'; readonly value: string }
  /** The first choice is the default. */
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
)

export type CommandOptions = Readonly<Record<string, CommandOption>>

type OptionValue<S extends CommandOption> = S extends { kind: 'flag' }
  ? boolean
  : S extends { kind: 'text' }
    ? string | undefined
    : S extends { kind: 'count' }
      ? number | undefined
      : S extends { kind: 'texts' }
        ? readonly string[]
        : S extends { kind: 'pairs' }
          ? Readonly<Record<string, string>>
          : S extends { kind: 'choice'; choices: readonly (infer C)[] }
            ? C
            : never

export type CommandOptionValues<S extends CommandOptions> = { readonly [K in keyof S]: OptionValue<S[K]> }

export interface Command<S extends CommandOptions = CommandOptions> {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** The arguments that are not options. */
  readonly arguments: {
    /** As the usage line writes them: `[PATH…]`. */
    readonly usage: string
    readonly min: number
    readonly max: number
  }
  /** What the command does and prints, in paragraphs. */
  readonly details: readonly string[]
  readonly examples: readonly string[]
  readonly options: S
  /** A method, so that commands with whatever options stand in one list: each gets its own. */
  run(
    call: { readonly args: readonly string[]; readonly options: CommandOptionValues<S> },
    terminal: Terminal,
  ): Promise<ExitStatus> | ExitStatus
}

/** Declares a command; its options' types reach `run`. */
export function command<const S extends CommandOptions>(declared: Command<S>): Command {
  return declared
}
