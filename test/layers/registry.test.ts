import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { findLayer, foreignLayer, LAYERS } from '../../server/src/layers'

const folder = fileURLToPath(new URL('../../server/src/layers', import.meta.url))

describe('the list of layers', () => {
  test('is sorted by name, each name and alias once', () => {
    const names = LAYERS.map(({ name }) => name)
    expect(names).toEqual([...names].sort())
    const all = LAYERS.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(new Set(all).size).toBe(all.length)
  })

  test('holds every layer that a file of the folder declares', async () => {
    const found: string[] = []
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts')) {
      const exports: Record<string, unknown> = await import(`${folder}/${file}`)
      for (const value of Object.values(exports)) {
        if (typeof value === 'object' && value !== null && 'infer' in value && 'name' in value) {
          found.push(value.name as string)
        }
      }
    }
    expect(found.sort()).toEqual(LAYERS.map(({ name }) => name))
  })

  test('names lead to layers, aliases too', () => {
    expect(findLayer('conv')?.name).toBe('conv')
    expect(findLayer('spp')?.name).toBe('spatial_pyramid_pool')
    expect(findLayer('Conv2d')).toBeUndefined()
  })
})

describe('names of other frameworks', () => {
  test.each([
    ...[
      ['Conv2d', 'conv'],
      ['Conv2D', 'conv'],
      ['Convolution', 'conv'],
      ['nn_conv', undefined],
    ],
    ...[
      ['Dense', 'linear'],
      ['InnerProduct', 'linear'],
      ['Linear', 'linear'],
    ],
    ...[
      ['MaxPooling2D', 'maxpool'],
      ['max_pool', 'maxpool'],
      ['AveragePooling2D', 'avgpool'],
    ],
    ...[
      ['BatchNorm2d', 'batchnorm'],
      ['BatchNormalization', 'batchnorm'],
      ['batch_norm', 'batchnorm'],
    ],
    ...[
      ['AdaptiveAvgPool2d', 'adaptive_avgpool'],
      ['GlobalAveragePooling2D', 'global_avgpool'],
    ],
    ...[
      ['ConvTranspose2d', 'conv_transpose'],
      ['Conv2DTranspose', 'conv_transpose'],
      ['deConv', 'conv_transpose'],
    ],
    ...[
      ['ReLU', 'relu'],
      ['LeakyReLU', 'leaky_relu'],
      ['ZeroPadding2D', 'pad'],
      ['Concatenate', 'concat'],
    ],
    ...[
      ['UpSampling2D', 'upsample'],
      ['PixelUnshuffle', 'space_to_depth'],
      ['Eltwise', 'add'],
    ],
  ])('%s is %s', (foreign, ours) => {
    expect(foreignLayer(foreign as string)?.name).toBe(ours)
  })

  test('no name of ours is claimed by two layers', () => {
    const claims = new Map<string, string>()
    for (const { name, aliases } of LAYERS) {
      for (const claimed of [name, ...aliases]) {
        const key = claimed.toLowerCase().replaceAll('_', '')
        expect([claimed, claims.get(key) ?? name]).toEqual([claimed, name])
        claims.set(key, name)
      }
    }
  })

  test('no foreign name of an option is an option of the same layer, or claimed twice in it', () => {
    for (const { name, options } of LAYERS) {
      const foreign = Object.values(options).flatMap((option) => option.foreign.map((each) => each.name))
      expect([name, foreign.filter((one) => one in options)]).toEqual([name, []])
      expect([name, new Set(foreign).size]).toEqual([name, foreign.length])
    }
  })
})

describe('documentation', () => {
  test.each(LAYERS.map((layer) => [layer.name, layer] as const))(
    '%s says all there is to say',
    (_, layer) => {
      for (const sentence of [layer.summary, layer.details ?? 'Fine.']) expect(sentence).toMatch(/[.!]$/)
      expect(layer.output).not.toBe('')
      expect(layer.example).toContain('expect ')
      for (const [name, option] of Object.entries(layer.options)) {
        expect(name).toMatch(/^[a-z_]+$/)
        expect(option.documentation).toMatch(/^[^A-Z].*[^.]$/)
        // An option may be left out in exactly one way.
        expect(option.default === undefined || option.optional !== true).toBe(true)
      }
      for (const { code, text } of layer.constraints) {
        expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/)
        expect(text).toMatch(/\.$/)
      }
      const codes = layer.constraints.map(({ code }) => code)
      expect(new Set(codes).size).toBe(codes.length)
    },
  )
})
