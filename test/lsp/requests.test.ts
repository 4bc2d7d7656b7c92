import { expect, test } from 'vitest'
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver'
import { type RequestContext, wrapDocumentRequest, wrapRequest } from '../../server/src/lsp/requests'

/** A server as the wrapper sees it, with what was logged. */
function context(isStopped = false) {
  const log: string[] = []
  const versions = new Map([['file:///a.cnn', 1]])
  const server: RequestContext = {
    isStopped: () => isStopped,
    revision: (uri) => versions.get(uri),
    log: (message) => log.push(message),
  }
  return { server, log, versions }
}

const options = { name: 'hover', empty: 'nothing' }
const params = { textDocument: { uri: 'file:///a.cnn' } }
const never = new CancellationTokenSource().token

test('a crash is logged with its stack and answered empty', async () => {
  const { server, log } = context()
  const crash = () => {
    throw new TypeError('boom')
  }
  expect(await wrapRequest(server, options, crash)({}, never)).toBe('nothing')
  expect(await wrapDocumentRequest(server, options, crash)(params, never)).toBe('nothing')
  expect(await wrapDocumentRequest(server, options, () => Promise.reject('late'))(params, never)).toBe(
    'nothing',
  )
  expect(log.map((entry) => entry.split('\n')[0])).toEqual([
    'hover failed: TypeError: boom',
    'hover failed: TypeError: boom',
    'hover failed: late',
  ])
  expect(log[0]).toMatch(/requests\.test\.ts/)
})

test('an error meant for the client reaches it', async () => {
  const { server, log } = context()
  const refuse = () => {
    throw new ResponseError(ErrorCodes.InvalidParams, 'no')
  }
  await expect(wrapRequest(server, options, refuse)({}, never)).rejects.toMatchObject({
    code: ErrorCodes.InvalidParams,
  })
  expect(log).toEqual([])
})

test('a cancelled request ends before, at a checkpoint, or at the latest after the work', async () => {
  const { server } = context()
  const before = new CancellationTokenSource()
  before.cancel()
  let worked = 0
  const work = wrapDocumentRequest(server, options, () => {
    worked++
    return 'done'
  })
  await expect(work(params, before.token)).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled })
  expect(worked).toBe(0)

  const during = new CancellationTokenSource()
  const steps: string[] = []
  const long = wrapRequest(server, options, async (_: object, checkpoint) => {
    steps.push('started')
    during.cancel()
    checkpoint()
    steps.push('went on')
    return 'done'
  })
  await expect(long({}, during.token)).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled })
  expect(steps).toEqual(['started'])

  const after = new CancellationTokenSource()
  const last = wrapRequest(server, options, () => {
    after.cancel()
    return 'done'
  })
  await expect(last({}, after.token)).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled })
})

test('an answer about a text that has changed is dropped', async () => {
  const { server, versions } = context()
  const edit = wrapDocumentRequest(server, options, async (uri: string) => {
    versions.set(uri, 2)
    return 'stale'
  })
  await expect(edit(params, never)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified })
  const close = wrapDocumentRequest(server, options, async (uri: string) => {
    versions.delete(uri)
    return 'stale'
  })
  await expect(close(params, never)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified })
  const quiet = wrapDocumentRequest(server, options, async () => 'fresh')
  expect(await quiet(params, never)).toBe('fresh')
})

test('documents are known by one spelling of their URI', async () => {
  const { server } = context()
  const spell = wrapDocumentRequest(server, options, (uri) => uri)
  const spelled = (uri: string) => spell({ textDocument: { uri } }, never)
  expect(await spelled('file:///c:/a%20b+(1).cnn')).toBe(await spelled('file:///c%3A/a b%2B%281%29.cnn'))
})

test('a server that has been shut down refuses', async () => {
  const { server } = context(true)
  const code = ErrorCodes.InvalidRequest
  await expect(wrapRequest(server, options, () => 'done')({}, never)).rejects.toMatchObject({ code })
  await expect(wrapDocumentRequest(server, options, () => 'done')(params, never)).rejects.toMatchObject({
    code,
  })
})
