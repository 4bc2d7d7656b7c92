import { type PlaceTotals, totalsAt } from '../../features/totals'
import { REQUESTS_TO_SERVER, type TotalsParams } from '../messages'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

/** The totals at the cursor, by a request of our own. */
export const totalsFeature: Feature = {
  register({ connection, requests, analyses }) {
    connection.onRequest(
      REQUESTS_TO_SERVER.totals,
      wrapDocumentRequest<TotalsParams, PlaceTotals | null>(
        requests,
        { name: 'totals', empty: null, needs: ['position'] },
        async (uri, { position }, checkpoint) => {
          const view = await analyses.view(uri, checkpoint)
          return view === undefined ? null : (totalsAt(view, view.lines(uri).offset(position)) ?? null)
        },
      ),
    )
  },
}
