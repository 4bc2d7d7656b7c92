import { signatureHelp } from '../../features/signature-help'
import { wrapDocumentRequest } from '../requests'
import type { Feature } from './feature'

export const signatureHelpFeature: Feature = {
  capabilities: () => ({ signatureHelpProvider: { triggerCharacters: ['('], retriggerCharacters: [','] } }),
  register({ connection, requests, config, analyses }) {
    connection.onSignatureHelp(
      wrapDocumentRequest(
        requests,
        { name: 'signature', empty: null, needs: ['position'] },
        async (uri, { position }, checkpoint) => {
          const view = await analyses.view(uri, checkpoint)
          if (view === undefined) return null
          return signatureHelp(view, view.lines(uri).offset(position), config.signatureHelp) ?? null
        },
      ),
    )
  },
}
