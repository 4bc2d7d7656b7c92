import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/process.mjs'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const { commands, configuration, languages, grammars } = manifest.contributes

interface Setting {
  readonly default?: unknown
  readonly markdownDescription?: string
  readonly scope?: string
  readonly enum?: readonly string[]
  readonly enumDescriptions?: readonly string[]
}

describe('the manifest', () => {
  test('names only files that exist', () => {
    const files = [
      manifest.icon,
      ...languages.flatMap((l: { configuration: string; icon: object }) => [
        l.configuration,
        ...Object.values(l.icon),
      ]),
      ...grammars.map((g: { path: string }) => g.path),
    ]
    expect(files.filter((file: string) => !existsSync(join(root, file)))).toEqual([])
  })

  test('wakes the extension for nothing but its language and its commands', () => {
    expect(manifest.activationEvents).toBeUndefined()
    expect(languages.map((language: { extensions: string[] }) => language.extensions)).toEqual([['.cnn']])
  })

  test('declares every command that the client registers or asks for, and no other', () => {
    const folder = join(root, 'client', 'src')
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
    const used = new Set(sources.join('\n').match(/(?<=')cnnlint\.[a-zA-Z]+(?=')/g))
    used.delete('cnnlint.activated') // a context key
    expect(commands.map(({ command }: { command: string }) => command).sort()).toEqual([...used].sort())
  })

  const settings = configuration.flatMap((section: { properties: object }) =>
    Object.entries(section.properties),
  )
  test.each(settings as [string, Setting][])('explains the setting %s', (name, setting) => {
    expect(name).toMatch(/^cnnlint\.[a-z]+(\.[a-zA-Z]+)+$/)
    expect(setting.default).toBeDefined()
    expect(setting.markdownDescription).toMatch(/\.$/)
    expect(setting.scope).toMatch(/^(resource|window|machine)$/)
    expect(setting.enumDescriptions?.length).toBe(setting.enum?.length)
  })
})
