/** The report on a model for programs. */
import type { ModelReport } from '../../features/model-check/report'
import { printJson } from './json'

export function modelJson({
  name,
  origin,
  network,
  parts,
  findings,
  opaque,
  remarks,
  fault,
}: ModelReport): string {
  return printJson({
    name,
    origin,
    inputs:
      network?.inputs.map((input) => ({ name: input.name.name, shape: input.node?.tensor.shape ?? null })) ??
      [],
    outputs: network?.outputs.map(({ tensor }) => tensor?.shape ?? null) ?? [],
    params: network?.totals?.params ?? null,
    macs: network?.totals?.macs ?? null,
    parts: parts.map((part) => ({
      name: part.name,
      output: part.output?.shape ?? null,
      params: part.params,
      macs: part.macs,
    })),
    fault: fault ?? null,
    findings,
    opaque,
    remarks,
  })
}
