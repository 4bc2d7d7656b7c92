import { suggestion } from '../words'
import { problem } from './declare'

export const importNotFound = problem<{
  readonly path: string
  readonly suggestions: readonly string[]
  /** It is not looked for, since the workspace is not trusted and it lies outside. */
  readonly isRefused?: boolean
}>({
  code: 'import-not-found',
  title: 'An import of a file that is not there',
  explanation:
    'The path is taken relative to the importing file and includes the ending `.cnn`. Only files of at most 10 MB are read, no folders, devices or pipes. In a workspace that the editor does not trust, only files inside of it are read.',
  example: 'from "./no-such-file.cnn" import block_of_it\n',
  instead: 'from "./blocks.cnn" import unit\n',
  words: ({ path, suggestions, isRefused = false }) =>
    isRefused
      ? {
          what: `the file "${path}" is not read`,
          why: 'it lies outside of the workspace, which the editor does not trust',
          todo: 'trust the workspace, or move the file into it',
        }
      : {
          what: `there is no file "${path}" that can be read`,
          why: 'the path is taken relative to this file, ending included',
          todo: suggestion(suggestions) ?? 'correct the path, or create the file',
        },
})

export const importCycle = problem<{ readonly path: string; readonly cycle: readonly string[] }>({
  code: 'import-cycle',
  title: 'Files that import each other',
  explanation: 'Each of the files needs the other to be read first. Move what both need into a third file.',
  example: 'from "./example.cnn" import g\n\nblock f(x: tensor) { return x -> relu }\n',
  instead: 'from "./blocks.cnn" import unit\n\nblock f(x: tensor) { return x -> unit }\n',
  words: ({ path, cycle }) => ({
    what: `importing "${path}" leads back to this file`,
    why: `the imports go in a circle: ${cycle.join(' → ')}`,
    todo: 'move what both files need into a third one',
  }),
})

export const importUnknownName = problem<{
  readonly name: string
  readonly path: string
  readonly suggestions: readonly string[]
}>({
  code: 'import-unknown-name',
  title: 'An import of a name that the file does not declare',
  explanation:
    'Constants, blocks and networks that a file declares can be imported from it; what it imports itself cannot.',
  example: 'from "./blocks.cnn" import units\n',
  words: ({ name, path, suggestions }) => ({
    what: `"${path}" declares no \`${name}\``,
    why: 'only the constants, blocks and networks that a file declares itself can be imported',
    todo: suggestion(suggestions) ?? 'correct the name, or declare it there',
  }),
})

export const importHasErrors = problem<{
  readonly name: string
  readonly path: string
  readonly first: string
  readonly line: number
}>({
  code: 'import-has-errors',
  title: 'An imported declaration with an error in its own file',
  explanation: 'What depends on the faulty part is unknown here. Open the imported file and fix it there.',
  example:
    'from "./broken.cnn" import broken\n\nnetwork N {\n  input image: [3, 8, 8]\n  output y = image -> broken\n}\n',
  instead:
    'from "./blocks.cnn" import unit\n\nnetwork N {\n  input image: [3, 8, 8]\n  output y = image -> unit\n}\n',
  words: ({ name, path, first, line }) => ({
    what: `\`${name}\` has an error in its own file`,
    why: `"${path}", line ${line}: ${first}`,
    todo: 'fix it there',
  }),
})
