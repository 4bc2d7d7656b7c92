import { expect, expectTypeOf, test } from 'vitest'
import * as client from '../../client/src/protocol'
import { SHOW_AT } from '../../server/src/features/code-lens'
import type { NetworkInput } from '../../server/src/features/input-sizes/network-inputs'
import type { TrySize } from '../../server/src/features/input-sizes/try-lens'
import { RENAME_AT } from '../../server/src/features/refactor'
import type { PlaceTotals } from '../../server/src/features/totals'
import * as server from '../../server/src/lsp/messages'

test('the client has the names of messages that the server has, and no others', () => {
  expect({ ...client }).toEqual({
    CHECK_WORKSPACE: server.COMMANDS.checkWorkspace,
    TRY_SIZE: server.COMMANDS.trySize,
    INPUT_SIZES: server.COMMANDS.inputSizes,
    TOTALS: server.REQUESTS_TO_SERVER.totals.method,
    READ_FILE: server.REQUESTS_TO_CLIENT.readFile.method,
    FIND_FILES: server.REQUESTS_TO_CLIENT.findFiles.method,
    LIST_FILES: server.REQUESTS_TO_CLIENT.listFiles.method,
    RENAME_AT,
    SHOW_AT,
  })
})

// The compiler is what checks this one: it says which type differs, and how.
test('what the messages carry has the same type on both sides', () => {
  expectTypeOf<client.InitializationOptions>().toEqualTypeOf<server.InitializationOptions>()
  expectTypeOf<client.FileParams>().toEqualTypeOf<server.FileParams>()
  expectTypeOf<client.WorkspaceReport>().toEqualTypeOf<server.WorkspaceReport>()
  expectTypeOf<client.TrySize>().toEqualTypeOf<TrySize>()
  expectTypeOf<client.NetworkInput>().toEqualTypeOf<NetworkInput>()
  expectTypeOf<client.PlaceTotals>().toEqualTypeOf<PlaceTotals>()
})
