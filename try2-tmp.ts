import { fold } from "/work/w-lead/server/src/interop/fold/index"
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { readOnnx } from '/work/w-lead/server/src/interop/from/onnx/index'
import { printReadable } from '/work/w-lead/server/src/interop/print/readable'
import { analyze } from '/work/w-lead/server/src/check/analyze'
import { parse } from '/work/w-lead/grammar/parse'
const dir = '/work/shared/interop/onnx/'
const facts = JSON.parse(readFileSync(dir + 'facts.json', 'utf8'))
for (const file of readdirSync(dir).filter(f => f.endsWith('.onnx')).filter(f => !process.argv[2] || f.includes(process.argv[2]))) {
  try {
    const graph = fold(readOnnx(readFileSync(dir + file), { name: file.replace('.onnx', '') })).graph
    const text = printReadable(graph)
    writeFileSync('/tmp/read-' + file + '.cnn', text)
    const tree = parse(text)
    const a = analyze('file:///x.cnn', { file: () => tree, resolve: () => undefined } as any, {})
    const n = a.networks[0] as any; if (!n) console.log(JSON.stringify(a.problems.slice(0,2).map(p=>[p.message, text.slice(p.range.start-60,p.range.end+60)])))
    const f = facts[file]
    console.log(file, text.split('\n').length, 'lines', a.problems.filter(p => p.severity === 'error').length, 'errors', n.totals.params - f.params, n.totals.macs - f.macs)
    for (const p of a.problems.slice(0, 2)) console.log('   ', p.code, p.message.slice(0, 200))
  } catch (e: any) { console.log(file, 'FAIL', (process.argv[3] ? e.stack : e.message).slice(0, 600)) }
}
