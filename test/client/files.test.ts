import { afterEach, expect, test, vi } from 'vitest'
import { URI, Utils } from 'vscode-uri'

// VS Code's interface as far as files need it, over a tree of folders in memory.

const FILES = ['a.cnn', 'a.txt', 'deep/b.cnn', 'deep/er/c.cnn', 'node_modules/x/d.cnn', '.git/e.cnn']
const File = 1
const Directory = 2

let search: () => Promise<readonly URI[]>

vi.mock('vscode', () => ({
  FileType: { File, Directory },
  Uri: { parse: URI.parse, joinPath: Utils.joinPath },
  RelativePattern: class {},
  CancellationTokenSource: class {
    listener = () => {}
    token = {
      onCancellationRequested: (listener: () => void) => {
        this.listener = listener
      },
    }
    cancel() {
      this.listener()
    }
    dispose() {}
  },
  workspace: {
    findFiles: () => search(),
    fs: {
      stat: async ({ path }: URI) => {
        if (path === '/large.cnn') return { type: File, size: 10_000_001 }
        return { type: path === '/deep' ? Directory : path === '/device.cnn' ? 0 : File, size: 9 }
      },
      readFile: async (uri: URI) => {
        if (/large|device/.test(uri.path)) return new Uint8Array(1)
        if (!FILES.includes(uri.path.slice(1))) throw new Error('There is no such file.')
        return new TextEncoder().encode(`\uFEFF# ${uri.path}`)
      },
      readDirectory: async (uri: URI) => {
        const folder = uri.path.slice(1) === '' ? '' : `${uri.path.slice(1)}/`
        const below = FILES.filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length))
        const names = new Map(
          below.map((path) => [path.split('/')[0], path.includes('/') ? Directory : File]),
        )
        return [...names]
      },
    },
  },
}))

const { serveFiles } = await import('../../client/src/files')

/** Asks as the server does. */
async function ask(request: string, uri: string): Promise<unknown> {
  const handlers = new Map<string, (params: { uri: string }) => unknown>()
  serveFiles({ onRequest: (name: string, handler: never) => handlers.set(name, handler) } as never)
  return handlers.get(`cnnlint/${request}`)?.({ uri })
}

afterEach(() => vi.useRealTimers())

test('a text comes without the mark at its begin, and null for no file', async () => {
  expect(await ask('readFile', 'memfs:/a.cnn')).toBe('# /a.cnn')
  expect(await ask('readFile', 'memfs:/none.cnn')).toBe(null)
})

test.each(['large', 'device'])('no text comes of a %s file', async (name) => {
  expect(await ask('readFile', `memfs:/${name}.cnn`)).toBe(null)
})

test('files are found by VS Code’s search', async () => {
  search = async () => [URI.parse('memfs:/found.cnn')]
  expect(await ask('findFiles', 'memfs:/')).toEqual(['memfs:/found.cnn'])
})

test('where no search answers, or it fails, folders are listed one after the other', async () => {
  const walked = ['memfs:/a.cnn', 'memfs:/deep/b.cnn', 'memfs:/deep/er/c.cnn']
  vi.useFakeTimers()
  search = () => new Promise(() => {})
  const found = ask('findFiles', 'memfs:/')
  await vi.advanceTimersByTimeAsync(6_000)
  expect(await found).toEqual(walked)
  search = () => Promise.reject(new Error('There is no search.'))
  expect(await ask('findFiles', 'memfs:/')).toEqual(walked)
})

test('a folder is listed by itself', async () => {
  expect(await ask('listFiles', 'memfs:/deep')).toEqual(['memfs:/deep/b.cnn'])
})
