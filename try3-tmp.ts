import { fold } from "/work/w-lead/server/src/interop/fold/index"
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { readPyTorch } from '/work/w-lead/server/src/interop/from/pytorch/index'
import { parseDump } from '/work/w-lead/server/src/interop/from/pytorch/dump'
import { printReadable } from '/work/w-lead/server/src/interop/print/readable'
import { printFlat } from '/work/w-lead/server/src/interop/print/flat'
import { analyze } from '/work/w-lead/server/src/check/analyze'
import { parse } from '/work/w-lead/grammar/parse'
const truth = JSON.parse(readFileSync('/tmp/truth.json', 'utf8'))
for (const file of readdirSync('/tmp/dumps').filter(f => f.endsWith('.json')).filter(f => !process.argv[2] || f.includes(process.argv[2]))) {
  const name = file.replace('.json', '')
  try {
    const raw = readPyTorch(parseDump(readFileSync('/tmp/dumps/' + file, 'utf8')), name)
    const { graph, counts } = fold(raw)
    const run = (text: string) => { const tree = parse(text); return analyze('file:///x.cnn', { file: () => tree, resolve: () => undefined } as any, {}) }
    const flat = printFlat(graph).text
    writeFileSync('/tmp/flat-' + name + '.cnn', flat)
    const text = printReadable(graph)
    writeFileSync('/tmp/read-' + name + '.cnn', text)
    const f = truth[name]
    for (const [k, t] of [['flat', flat], ['read', text]] as const) {
    const a = run(t)
    const n = a.networks[0] as any
    console.log(name, k, t.split('\n').length, 'lines', a.problems.filter(p => p.severity === 'error').length, 'errors', f && n.totals.params - f.params, f && n.totals.macs - f.macs, raw.operations.filter(o => o.layer.name === 'opaque').length, 'opaque')
    for (const p of a.problems.filter(p => p.severity === 'error').slice(0, 2)) console.log('   ', p.code, p.message.slice(0, 200))
    }
    const why = new Map<string, number>()
    for (const o of graph.operations) if (o.remark) why.set(o.called + ': ' + o.remark, (why.get(o.called + ': ' + o.remark) ?? 0) + 1)
    for (const [k, v] of [...why].slice(0, 5)) console.log('      opaque', v, k.slice(0, 180))
  } catch (e: any) { console.log(file, 'FAIL', e.stack.slice(0, 600)) }
}
