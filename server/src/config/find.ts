/** Finds the configuration of a file: the nearest one in its folder and those above. */
import { DEFAULT_LINT, type LintSettings } from '../lint/settings'
import { type Config, type ConfigTexts, loadConfig } from './load'
import { CONFIG_FILE } from './names'
import { type ConfigText, extendedPaths, readConfig } from './read'

/** Where configurations are read from. Files are known by URIs or absolute paths, whatever the host uses. */
export interface ConfigHost extends Pick<ConfigTexts, 'resolve' | 'pathOf'> {
  /** Undefined when there is no such file. */
  read(uri: string): Promise<string | undefined>
}

export interface FileConfig {
  /** Undefined where no folder has one. */
  readonly config: Config | undefined
  readonly settings: LintSettings
  readonly ignored: boolean
}

/** The configurations in use. What is asked for is read again each time; what is the same stays the same object. */
export interface Configs {
  of(file: string): Promise<FileConfig>
  /** The configuration in one file; undefined when there is no such file. */
  load(uri: string): Promise<Config | undefined>
}

const NO_CONFIG: FileConfig = { config: undefined, settings: DEFAULT_LINT, ignored: false }

/** The settings of a file by a configuration, which need not be the nearest. */
export function fileConfig(config: Config | undefined, file: string): FileConfig {
  if (config === undefined) return NO_CONFIG
  return { config, settings: config.settings(file), ignored: config.ignores(file) }
}

export function createConfigs(host: ConfigHost): Configs {
  const texts = new Map<string, ConfigText>()
  const loaded = new Map<string, { readonly parts: Parts; readonly config: Config | undefined }>()

  const readText = async (uri: string): Promise<ConfigText | undefined> => {
    const text = await host.read(uri)
    if (text === undefined) return undefined
    const known = texts.get(uri)
    if (known?.text === text) return known
    const config = readConfig(uri, text)
    texts.set(uri, config)
    return config
  }

  /** The file and everything that it extends. */
  const readParts = async (uri: string): Promise<Parts> => {
    const parts = new Map<string, ConfigText | undefined>()
    const wanted = new Set([uri])
    // A set's iteration goes on to what is added on the way.
    for (const each of wanted) {
      const text = await readText(each)
      parts.set(each, text)
      for (const { name } of text === undefined ? [] : extendedPaths(text))
        wanted.add(host.resolve(each, name))
    }
    return parts
  }

  const load = async (uri: string): Promise<Config | undefined> => {
    const parts = await readParts(uri)
    const known = loaded.get(uri)
    if (known !== undefined && sameParts(known.parts, parts)) return known.config
    const { resolve, pathOf } = host
    const config = loadConfig(uri, { text: (each) => parts.get(each), resolve, pathOf })
    loaded.set(uri, { parts, config })
    return config
  }

  return {
    load,
    async of(file) {
      for (const uri of candidates(file, host)) {
        const config = await load(uri)
        if (config !== undefined) return fileConfig(config, file)
      }
      return NO_CONFIG
    },
  }
}

/** Where the configuration of a file may be, the nearest first. */
function* candidates(file: string, { resolve }: ConfigHost): Generator<string> {
  const depth = file.split('/').length
  let last: string | undefined
  for (let level = 0; level < depth; level++) {
    const uri = resolve(file, `./${'../'.repeat(level)}${CONFIG_FILE}`)
    // Above the root there is only the root again.
    if (uri === last) return
    yield uri
    last = uri
  }
}

type Parts = ReadonlyMap<string, ConfigText | undefined>

function sameParts(a: Parts, b: Parts): boolean {
  return a.size === b.size && [...a].every(([uri, text]) => b.has(uri) && b.get(uri) === text)
}
