import type { Command } from '../command'
import { check } from './check'
import { format } from './format'
import { importModel } from './import'
import { init } from './init'
import { layers } from './layers'
import { lsp } from './lsp'
import { rules } from './rules'
import { summary } from './summary'

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [check, summary, importModel, format, layers, rules, init, lsp]
