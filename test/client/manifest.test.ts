import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SemanticTokenModifiers, SemanticTokenTypes } from 'vscode-languageserver-types'
import { bundles } from '../../scripts/build.mjs'
import { SCHEMA_FILE } from '../../scripts/docs/schema'
import { root } from '../../scripts/process.mjs'
import { makeTemplates } from '../../scripts/templates/index'
import { CONFIG_FILE } from '../../server/src/config/names'
import { LEGEND } from '../../server/src/features/semantic-tokens'
import { DEFAULT_SETTINGS } from '../../server/src/features/support/settings'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const {
  commands,
  configuration,
  languages,
  grammars,
  jsonValidation,
  semanticTokenTypes,
  semanticTokenScopes,
  snippets,
  walkthroughs,
} = manifest.contributes
const contextKeys = ['cnnlint.activated', 'cnnlint.trying', 'cnnlint.hovered', 'cnnlint.fixed']
const labels = makeTemplates(join(root, 'examples')).map(({ label }) => label)
const own = languages.filter(({ id }: { id: string }) => id === 'cnn')

interface Setting {
  readonly default?: unknown
  readonly markdownDescription?: string
  readonly scope?: string
  readonly enum?: readonly string[]
  readonly enumDescriptions?: readonly string[]
}

interface Media {
  readonly svg?: string
  readonly altText?: string
  readonly markdown?: string
}

describe('the manifest', () => {
  const [{ steps }] = walkthroughs
  const media: Media[] = steps.map((step: { media: Media }) => step.media)

  const settings: [string, Setting][] = configuration.flatMap((section: { properties: object }) =>
    Object.entries(section.properties),
  )

  test('names only files that exist', () => {
    const files = [
      manifest.icon,
      ...own.flatMap((l: { configuration: string; icon: object }) => [
        l.configuration,
        ...Object.values(l.icon),
      ]),
      ...grammars.map((g: { path: string }) => g.path),
      ...jsonValidation.map((v: { url: string }) => v.url),
      ...snippets.map((s: { path: string }) => s.path),
      ...media.map(({ svg, markdown }) => svg ?? markdown),
    ]
    expect(files.filter((file: string) => !existsSync(join(root, file)))).toEqual([])
  })

  test('wakes the extension for nothing but its language, its commands and a configuration', () => {
    expect(manifest.activationEvents).toEqual([`workspaceContains:**/${CONFIG_FILE}`])
    expect(own.map((language: { extensions: string[] }) => language.extensions)).toEqual([['.cnn']])
  })

  test('lets configurations have comments, and a schema that is shipped', () => {
    const other = languages.filter(({ id }: { id: string }) => id !== 'cnn')
    // With a language configuration of ours, VS Code would wake the extension for every such file.
    expect(other).toEqual([{ id: 'jsonc', filenames: [CONFIG_FILE] }])
    expect(jsonValidation).toEqual([{ fileMatch: CONFIG_FILE, url: `./${SCHEMA_FILE}` }])
    expect(readFileSync(join(root, '.vscodeignore'), 'utf8').split('\n')).toContain(`!${SCHEMA_FILE}`)
  })

  test('declares every command that the client registers or asks for, and no other', () => {
    const folder = join(root, 'client', 'src')
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
    const used = new Set(sources.join('\n').match(/(?<=')cnnlint\.[a-zA-Z]+(?=')/g))
    for (const key of contextKeys) used.delete(key)
    expect(commands.map(({ command }: { command: string }) => command).sort()).toEqual([...used].sort())
  })

  test('has an entry for each kind of extension host that the build makes', () => {
    const built = bundles.flatMap(({ entryPoints, outExtension }) =>
      Object.keys(entryPoints ?? {}).map((name) => `./dist/${name}${outExtension?.['.js'] ?? '.js'}`),
    )
    expect(built).toEqual(expect.arrayContaining([manifest.main, manifest.browser]))
    expect(manifest.capabilities.virtualWorkspaces).toBe(true)
  })

  test('leads through the first minutes with commands that exist, and pictures in words', () => {
    const declared = commands.map(({ command }: { command: string }) => command)
    const text = JSON.stringify(steps)
    const used = [...text.matchAll(/(?:command:|toSide:|onCommand:)(cnnlint\.\w+)/g)].map(([, name]) => name)
    expect(used.filter((name) => !declared.includes(name))).toEqual([])
    expect([...text.matchAll(/onContext:([\w.]+)/g)].map(([, key]) => key)).toEqual(contextKeys.slice(2))
    // VS Code shows backticks as they are here.
    expect(text).not.toContain('`')
    for (const { svg, altText = '' } of media) if (svg) expect(altText.length).toBeGreaterThan(50)
    for (const [, argument = ''] of text.matchAll(/cnnlint\.newNetwork\?([^)]*)\)/g)) {
      expect(labels).toContain(JSON.parse(decodeURIComponent(argument))[0])
    }
  })

  test('describes the kinds of names that the protocol does not know, and scopes for all of them', () => {
    const standard = new Set<string>(Object.values(SemanticTokenTypes))
    const own = LEGEND.tokenTypes.filter((type) => !standard.has(type))
    expect(semanticTokenTypes.map(({ id }: { id: string }) => id)).toEqual(own)
    expect(Object.values(SemanticTokenModifiers)).toEqual(expect.arrayContaining(LEGEND.tokenModifiers))
    const selectors = Object.keys(semanticTokenScopes[0].scopes)
    const types = new Set(selectors.map((selector) => selector.split('.')[0]))
    expect([...types].sort()).toEqual([...LEGEND.tokenTypes].sort())
  })

  test('gives the settings the defaults that the server has', () => {
    const { 'cnnlint.trace.server': _, ...defaults } = Object.fromEntries(
      settings.map(([name, setting]) => [name, setting.default]),
    )
    const server = Object.entries(DEFAULT_SETTINGS).flatMap(([section, values]) =>
      Object.entries(values).map(([name, value]) => [`cnnlint.${section}.${name}`, value]),
    )
    expect(defaults).toEqual(Object.fromEntries(server))
  })

  test.each(settings)('explains the setting %s', (name, setting) => {
    expect(name).toMatch(/^cnnlint\.[a-z][a-zA-Z]*(\.[a-zA-Z]+)+$/)
    expect(setting.default).toBeDefined()
    expect(setting.markdownDescription).toMatch(/\.$/)
    expect(setting.scope).toMatch(/^(resource|window|machine)$/)
    expect(setting.enumDescriptions?.length).toBe(setting.enum?.length)
  })
})
