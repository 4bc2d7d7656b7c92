import { fold } from "/work/w-lead/server/src/interop/fold/index"
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { readOnnx } from '/work/w-lead/server/src/interop/from/onnx/index'
import { printFlat } from '/work/w-lead/server/src/interop/print/flat'
import { analyze } from '/work/w-lead/server/src/check/analyze'
import { parse } from '/work/w-lead/grammar/parse'
const dir = '/work/shared/interop/onnx/'
const facts = JSON.parse(readFileSync(dir + 'facts.json', 'utf8'))
for (const file of readdirSync(dir).filter(f => f.endsWith('.onnx')).filter(f => !process.argv[2] || f.includes(process.argv[2]))) {
  try {
    const t0 = performance.now()
    const graph = readOnnx(readFileSync(dir + file), { name: file.replace('.onnx', '') })
    const folded = fold(graph); const { text } = printFlat(folded.graph)
    writeFileSync('/tmp/imp-' + file + '.cnn', text)
    const tree = parse(text)
    const a = analyze('file:///x.cnn', { file: () => tree, resolve: () => undefined } as any, {})
    const n = a.networks[0] as any
    const f = facts[file]
    const outs = n.runs[0].results?.map((r: any) => r.tensor?.shape)
    console.log(file, (performance.now() - t0).toFixed(0), 'ms', graph.operations.length, folded.graph.operations.length, JSON.stringify([...folded.counts]), "ops", a.problems.filter(p => p.severity === 'error').length, 'errors', JSON.stringify(n.totals ?? Object.keys(n)).slice(0, 150), f.params, f.macs, JSON.stringify(outs))
    for (const p of a.problems.slice(0, 2)) console.log('   ', p.code, p.message.slice(0, 200))
  } catch (e: any) { console.log(file, 'FAIL', (process.argv[3] ? e.stack : e.message).slice(0, 600)) }
}
