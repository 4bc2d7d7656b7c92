import { codeLenses } from '../../features/code-lens'
import { tryLenses } from '../../features/input-sizes/try-lens'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

export const codeLensFeature: Feature = {
  capabilities: () => ({ codeLensProvider: {} }),
  register({ connection, requests, config, settings, analyses }) {
    connection.onCodeLens(
      wrapDocumentRequest(requests, { name: 'code lens', empty: null }, async (uri, _, checkpoint) => {
        const { codeLens } = await settings.of(uri)
        const view = codeLens.enable ? await analyses.view(uri, checkpoint) : undefined
        return view === undefined
          ? null
          : [...codeLenses(view, codeLens, config.lensesLead), ...tryLenses(view, codeLens)]
      }),
    )
  },
}
