import { hover } from '../../features/hover'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

export const hoverFeature: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register({ connection, requests, settings, analyses }) {
    connection.onHover(
      wrapDocumentRequest(
        requests,
        { name: 'hover', empty: null, needs: ['position'] },
        async (uri, { position }, checkpoint) => {
          const options = (await settings.of(uri)).hover
          const view = await analyses.view(uri, checkpoint)
          if (view === undefined) return null
          return hover(view, view.lines(uri).offset(position), options) ?? null
        },
      ),
    )
  },
}
