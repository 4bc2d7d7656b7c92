/** What `check` prints for a model: one screen, as the files beside the models have it. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { modelText } from '../../server/src/cli/formats/model-text'
import { displayWidth } from '../../server/src/cli/width'
import { reportOf } from '../../server/src/features/model-check/report'
import { readOnnx } from '../../server/src/interop/from/onnx/index'

const FOLDER = new URL('onnx/', import.meta.url)
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.onnx'))

describe.each(FILES)('%s', (file) => {
  const name = file.replace('.onnx', '')
  const report = reportOf(readOnnx(readFileSync(new URL(file, FOLDER)), { name }))
  const plain = { write: () => {}, paint: (_style: unknown, text: string) => text, columns: 80 }
  const text = modelText(report, `cnnlint import ${file} -o ${name}.cnn`, plain)

  it('is told on one screen', async () => {
    const lines = text.trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(24)
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80)
    await expect(text).toMatchFileSnapshot(`onnx/${name}.txt`)
  })

  it('has at most one warning', () => {
    expect(report.findings.filter(({ severity }) => severity === 'warning').length).toBeLessThanOrEqual(1)
  })
})

it('is what the page shows', () => {
  const page = readFileSync(new URL('../../docs/from-pytorch.md', import.meta.url), 'utf8')
  expect(page).toContain(readFileSync(new URL('resnet50_keep.txt', FOLDER), 'utf8').trim())
})
