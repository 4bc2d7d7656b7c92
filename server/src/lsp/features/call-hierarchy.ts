import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../../features/dataflow'
import type { Scene } from '../../features/dataflow/points'
import { type Checkpoint, wrapDocumentRequest, wrapRequest } from '../requests'
import { normalizeUri } from '../uri'
import type { Feature } from './feature'

/** The flow of data, shown as a call hierarchy. */
export const callHierarchyFeature: Feature = {
  capabilities: () => ({ callHierarchyProvider: true }),
  register({ connection, requests, analyses, workspaceTrees }) {
    const sceneOf = async (uri: string, checkpoint: Checkpoint): Promise<Scene | undefined> => {
      const view = await analyses.view(uri, checkpoint)
      return view && { view, workspace: await workspaceTrees.all() }
    }
    const options = { name: 'call hierarchy', empty: null }

    connection.languages.callHierarchy.onPrepare(
      wrapDocumentRequest(
        requests,
        { ...options, needs: ['position'] },
        async (uri, { position }, checkpoint) => {
          const scene = await sceneOf(uri, checkpoint)
          return scene ? prepareCallHierarchy(scene, scene.view.lines(uri).offset(position)) : null
        },
      ),
    )
    connection.languages.callHierarchy.onIncomingCalls(
      wrapRequest(requests, { ...options, needs: ['item'] }, async ({ item }, checkpoint) => {
        const uri = normalizeUri(item.uri)
        const scene = await sceneOf(uri, checkpoint)
        return scene ? incomingCalls(scene, { ...item, uri }) : null
      }),
    )
    connection.languages.callHierarchy.onOutgoingCalls(
      wrapRequest(requests, { ...options, needs: ['item'] }, async ({ item }, checkpoint) => {
        const uri = normalizeUri(item.uri)
        const scene = await sceneOf(uri, checkpoint)
        return scene ? outgoingCalls(scene, { ...item, uri }) : null
      }),
    )
  },
}
