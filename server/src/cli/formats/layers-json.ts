import type { AnyLayer } from '../../model/layer'
import { showOptionType, showSignature } from '../../model/show-layer'
import { printJson } from './json'

/** The whole catalogue, for programs. */
export function layersJson(layers: readonly AnyLayer[]): string {
  return printJson({ version: 1, layers: layers.map(toJson) })
}

export function layerJson(layer: AnyLayer): string {
  return printJson({ version: 1, layer: toJson(layer) })
}

function toJson(layer: AnyLayer) {
  return {
    name: layer.name,
    aliases: layer.aliases,
    category: layer.category,
    signature: showSignature(layer),
    summary: layer.summary,
    details: layer.details ?? null,
    use: layer.use,
    tensors: layer.tensors.map(({ name, documentation, optional, rest }) => ({
      name,
      documentation,
      optional: optional ?? false,
      rest: rest !== undefined,
    })),
    options: Object.entries(layer.options).map(([name, spec]) => ({
      name,
      type: showOptionType(spec.type),
      default: spec.default ?? null,
      byPlace: layer.byPlace.includes(name),
      required: spec.default === undefined && !spec.optional,
      documentation: spec.documentation,
    })),
    output: layer.output,
    constraints: layer.constraints.map(({ code, text }) => ({ code, text })),
    source: layer.source ?? null,
    example: layer.example,
    pytorch: layer.inPyTorch,
  }
}
