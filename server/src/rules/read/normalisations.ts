/** What normalisations do to the values that come in. */
import type { LayerNode } from '../../model/graph'

/** Whether each channel loses its own mean, and with it all that was added to the whole of the channel. */
export function subtractsMeans({ layer: { traits }, options, inputs }: LayerNode): boolean {
  const { normalises } = traits
  if (!normalises?.centred || !normalises.positions) return false
  // One that is not trained may keep the means of another network, in which the bias has its place.
  if (normalises.batch && options.trainable === false) return false
  if (normalises.channels === 'groups') return options.groups === inputs[0]?.shape[0]
  return normalises.channels === 'each'
}
