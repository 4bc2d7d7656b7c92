/** The mistakes that a configuration can have, each with its words and its documentation. */
import { problem } from '../check/problems/declare'
import { quoted, suggestion } from '../check/words'
import { RULES } from '../rules/index'

export const configSyntax = problem<{ readonly fault: string }>({
  code: 'config-syntax',
  title: 'A configuration that is not JSON',
  explanation:
    'A configuration is JSON in which comments and trailing commas are allowed. What stands before the fault is used as far as it can be read.',
  example: '{\n  "extends" "strict"\n}\n',
  instead: '{\n  "extends": "strict"\n}\n',
  words: ({ fault }) => ({
    what: fault,
    why: 'a configuration is JSON, with comments and trailing commas allowed',
    todo: 'correct it; what is set below may be missing until then',
  }),
})

export const configUnknownKey = problem<{
  readonly key: string
  readonly known: readonly string[]
  readonly suggestions: readonly string[]
}>({
  code: 'config-unknown-key',
  title: 'A key that a configuration does not have',
  explanation:
    'A configuration has the keys `extends`, `rules`, `ignore` and `overrides`, and `$schema` for editors; an entry of `overrides` has `files` and `rules`. Rules are configured inside `rules`.',
  example: '{\n  "rule": { "stride-drops-pixels": "off" }\n}\n',
  instead: '{\n  "rules": { "stride-drops-pixels": "off" }\n}\n',
  words: ({ key, known, suggestions }) => ({
    what: `there is no key \`${key}\` here`,
    why: `the keys are ${quoted(known)}`,
    todo: suggestion(suggestions) ?? 'remove it',
  }),
})

export const configDuplicateKey = problem<{ readonly key: string }>({
  code: 'config-duplicate-key',
  title: 'A key that is given twice',
  explanation: 'Of two equal keys in one object the last one would count, silently. Keep the one you mean.',
  example: '{\n  "rules": { "stride-drops-pixels": "off", "stride-drops-pixels": "error" }\n}\n',
  instead: '{\n  "rules": { "stride-drops-pixels": "error" }\n}\n',
  words: ({ key }) => ({
    what: `\`${key}\` is given a second time`,
    why: 'the last one counts, and what was set before is lost',
    todo: 'remove one of them',
  }),
})

export const configValue = problem<{
  readonly what: string
  readonly found: string
  readonly expected: string
}>({
  code: 'config-value',
  title: 'A value of the wrong kind',
  explanation:
    'Each key of a configuration takes one kind of value: `extends` a name or a list of names, `rules` an object, `ignore` and `files` lists of glob patterns, `overrides` a list of objects with `files` and `rules`. A value of another kind is left out.',
  example: '{\n  "ignore": true\n}\n',
  instead: '{\n  "ignore": ["generated/**"]\n}\n',
  words: ({ what, found, expected }) => ({
    what: `${what} is ${found}`,
    why: `it has to be ${expected}`,
    todo: 'it is left out until it is corrected',
  }),
})

export const configUnknownRule = problem<{
  readonly name: string
  /** The code of a mistake that the analysis reports. */
  readonly isError: boolean
  readonly suggestions: readonly string[]
}>({
  code: 'config-unknown-rule',
  title: 'A rule that does not exist',
  explanation:
    'The keys of `rules` are the codes of the design rules, which `cnnlint rules` lists. The codes of errors are no rules: a network that cannot be computed is wrong whatever a configuration says. How an editor shows an error is a setting of the editor, `cnnlint.diagnostics.severity` in VS Code.',
  example: '{\n  "rules": { "stride-drop-pixels": "off" }\n}\n',
  instead: '{\n  "rules": { "stride-drops-pixels": "off" }\n}\n',
  words: ({ name, isError, suggestions }) =>
    isError
      ? {
          what: `\`${name}\` is no rule but the code of an error`,
          why: 'a configuration speaks of design rules only: an error stands whatever is configured',
          todo: 'remove it, and correct what the error is about',
        }
      : {
          what: `no rule has the code \`${name}\``,
          why: 'the keys here are the codes of design rules',
          todo: suggestion(suggestions) ?? 'run `cnnlint rules` for the list of them',
        },
})

export const configSeverity = problem<{
  readonly found: string
  readonly known: readonly string[]
  readonly suggestions: readonly string[]
}>({
  code: 'config-severity',
  title: 'A severity that does not exist',
  explanation:
    'A rule is set to `off`, `hint`, `info`, `warning` or `error`, or to a list of one of these and an object of options: `["warning", { … }]`.',
  example: '{\n  "rules": { "stride-drops-pixels": "warn" }\n}\n',
  instead: '{\n  "rules": { "stride-drops-pixels": "warning" }\n}\n',
  words: ({ found, known, suggestions }) => ({
    what: `${found} is no severity`,
    why: `the severities are ${quoted(known)}`,
    todo: suggestion(suggestions) ?? 'write one of them',
  }),
})

export const configUnknownOption = problem<{
  readonly rule: string
  readonly name: string
  readonly known: readonly string[]
  readonly suggestions: readonly string[]
}>({
  code: 'config-unknown-option',
  title: 'An option that the rule does not have',
  explanation: 'The options of a rule stand on its page and in what `cnnlint rules CODE` prints.',
  example: '{\n  "rules": { "stride-drops-pixels": ["warning", { "pixels": 2 }] }\n}\n',
  instead: '{\n  "rules": { "stride-drops-pixels": "warning" }\n}\n',
  words: ({ rule, name, known, suggestions }) => ({
    what: `the rule \`${rule}\` has no option \`${name}\``,
    why: known.length === 0 ? 'it has no options' : `its options are ${quoted(known)}`,
    todo: suggestion(suggestions) ?? 'remove it',
  }),
})

export const configOptionValue = problem<{
  readonly rule: string
  readonly option: string
  readonly found: string
  readonly expected: string
}>({
  code: 'config-option-value',
  title: 'A value that an option of a rule does not take',
  explanation:
    'An option takes either a number, which for some options has a smallest allowed value, or `true` or `false`. Without a valid value the option keeps its default.',
  example: exampleOfOption('"10"'),
  instead: exampleOfOption('10'),
  words: ({ rule, option, found, expected }) => ({
    what: `\`${option}\` of \`${rule}\` is ${found}`,
    why: `it has to be ${expected}`,
    todo: 'until it is corrected, the option has its default',
  }),
})

/** The first option of a rule that takes a number, with a value. */
function exampleOfOption(value: string): string {
  for (const { code, options = {} } of RULES) {
    const option = Object.keys(options).find((name) => options[name]?.type === 'number')
    if (option) return `{\n  "rules": { "${code}": ["warning", { "${option}": ${value} }] }\n}\n`
  }
  return ''
}

export const configExtendsNotFound = problem<{
  readonly name: string
  readonly isPath: boolean
  readonly presets: readonly string[]
  readonly suggestions: readonly string[]
}>({
  code: 'config-extends-not-found',
  title: 'A configuration to extend that is not there',
  explanation:
    '`extends` names a preset (`recommended`, `strict`, `all`) or the path of another configuration, relative to the folder of this one, or a list of these.',
  example: '{\n  "extends": "./team.json"\n}\n',
  instead: '{\n  "extends": "recommended"\n}\n',
  words: ({ name, isPath, presets, suggestions }) => ({
    what: isPath ? `there is no configuration \`${name}\`` : `there is no preset \`${name}\``,
    why: isPath
      ? 'no file can be read at this path, which is relative to the folder of this one'
      : `the presets are ${quoted(presets)}, and no file has this name either`,
    todo: suggestion(suggestions) ?? 'correct the name, or remove it',
  }),
})

export const configExtendsCycle = problem<{ readonly chain: readonly string[]; readonly limit?: number }>({
  code: 'config-extends-cycle',
  title: 'Configurations that extend each other in a circle, or too many of them',
  explanation:
    'A configuration that extends another cannot be extended by it: nothing would come first. At most 30 configurations may stand in a chain in which each extends the next.',
  example: '{\n  "extends": "./cnnlint.config.json"\n}\n',
  instead: '{\n  "extends": "recommended"\n}\n',
  words: ({ chain, limit }) => {
    const todo = 'remove it; it is left out until then'
    if (limit !== undefined) {
      const what = `more than ${limit} configurations stand in a chain in which each extends the next`
      return { what, why: 'a chain of that length is taken for a mistake', todo }
    }
    if (chain.length < 2) {
      return { what: 'the configuration extends itself', why: 'nothing would come first', todo }
    }
    const why = `the way is ${chain.map((name) => `\`${name}\``).join(' → ')}`
    return { what: 'the configurations extend each other in a circle', why, todo }
  },
})

export const configPattern = problem<{ readonly fault: string }>({
  code: 'config-pattern',
  title: 'A glob pattern that cannot be understood',
  explanation:
    'Each bracket and brace that a glob pattern opens has to be closed, and a pattern has at most 1,000 characters. A pattern that is not understood is left out. A bracket that stands for itself has a backslash before it.',
  example: '{\n  "ignore": ["models/[old"]\n}\n',
  instead: '{\n  "ignore": ["models/old/**"]\n}\n',
  words: ({ fault }) => ({
    what: fault,
    why: 'the pattern means no file as it stands',
    todo: 'correct it; it is left out until then',
  }),
})

/** All of them, for the documentation and the tests. */
export const CONFIG_KINDS = [
  configSyntax,
  configUnknownKey,
  configDuplicateKey,
  configValue,
  configUnknownRule,
  configSeverity,
  configUnknownOption,
  configOptionValue,
  configExtendsNotFound,
  configExtendsCycle,
  configPattern,
]
