import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installNeovim } from '../../scripts/neovim.mjs'
import { root } from '../../scripts/process.mjs'
import { type Neovim, openNeovim } from './neovim'

const program = process.platform === 'win32' ? undefined : await installNeovim()
const why = 'skipped: there is no nvim on the PATH; install Neovim 0.7 or later, on Windows in WSL'

/** The padding is too small. In front of the mistake stand letters that each encoding counts in its own way. */
const TEXT = `network Größe {
  input größe: [3, 4, 4]
  größer = größe -> conv(8, 3, padding=1) -> relu
  ß一 = größer -> conv(8, 7) -> relu
  output logits = ß一 -> global_avgpool -> flatten -> linear(10)
}
`
const WRONG_LINE = TEXT.split('\n').indexOf('  ß一 = größer -> conv(8, 7) -> relu')

describe.skipIf(program === undefined)(`Neovim${program ? '' : ` (${why})`}`, () => {
  let neovim: Neovim
  beforeAll(async () => {
    neovim = await openNeovim(program as string, configuration(program as string), TEXT)
  })
  afterAll(() => neovim?.close())

  test('takes a .cnn file for one, and shows its problems', async () => {
    const problems = await problemsOnceThere()
    expect(await neovim.lua('return vim.bo.filetype')).toBe('cnn')
    // Neovim counts columns in bytes of UTF-8.
    const before = (TEXT.split('\n')[WRONG_LINE] ?? '').split('7)')[0] ?? ''
    const at = { lnum: WRONG_LINE, col: Buffer.byteLength(before) }
    expect(problems).toMatchObject([{ code: 'window-exceeds-input', source: 'cnnlint', severity: 1, ...at }])
  })

  test('shows the shapes of the layer at the cursor', async () => {
    await problemsOnceThere()
    await goTo('conv(8, 3')
    await neovim.type('K')
    const hover = await neovim.until<string>('the window of the hover', FLOATING_TEXT)
    expect(hover).toContain('3×4×4 → 8×4×4')
    expect(hover).toContain('224')
    await neovim.type('<Esc>j')
  })

  test('offers fixes, and the first one fixes the file', async () => {
    await problemsOnceThere()
    await goTo('7) -> relu')
    // The menu waits for a key of the user; here it notes what it offers, and takes the first.
    await neovim.lua(`
      vim.ui.select = function(actions, options, choose)
        offered = vim.tbl_map(options.format_item or tostring, actions)
        choose(actions[1], 1)
      end`)
    await neovim.type('gra')
    const offered = await neovim.until<readonly string[]>('the menu of fixes', 'return offered')
    expect(offered[0]).toContain('Set padding=3 → 8×4×4')
    const text = await neovim.until<string>(
      'the edit',
      `local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\\n')
       return text:find('padding=3') and text`,
    )
    expect(`${text}\n`).toBe(TEXT.replace('conv(8, 7)', 'conv(8, 7, padding=3)'))
    await neovim.until('no error any more', `return #${ERRORS} == 0`)
  })

  const problemsOnceThere = () =>
    neovim.until<readonly unknown[]>('the problems', `local found = ${ERRORS}; return #found > 0 and found`)

  /** Puts the cursor where a text begins. */
  async function goTo(text: string): Promise<void> {
    const found = `vim.fn.search('\\\\V' .. ${JSON.stringify(text)}, 'cw')`
    expect(await neovim.lua(`vim.fn.cursor(1, 1); return ${found}`)).toBeGreaterThan(0)
  }
})

/** The errors of the file that is shown; what has no place in JSON is left out. */
const ERRORS = `vim.tbl_map(
  function(found)
    local lsp = found.user_data and found.user_data.lsp or {}
    return {
      lnum = found.lnum, col = found.col, severity = found.severity, source = found.source,
      code = found.code or lsp.code,
    }
  end,
  vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
)`

/** The text of the window that floats above the others. */
const FLOATING_TEXT = `
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
      return table.concat(lines, '\\n')
    end
  end`

/** The configuration that the page on Neovim gives for the version at hand. */
function configuration(program: string): string {
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' })
  const [, major = '', minor = ''] = /^NVIM v(\d+)\.(\d+)/.exec(version) ?? []
  const page = readFileSync(join(root, 'docs', 'editors', 'neovim.md'), 'utf8')
  const blocks = [...page.matchAll(/^```lua\n(.*?)^```$/gms)].map(([, block = '']) => block)
  const wanted = Number(major) > 0 || Number(minor) >= 11 ? '0.11 and later' : '0.7 to 0.10'
  const block = blocks.find((text) => text.split('\n')[0]?.endsWith(wanted))
  if (block === undefined) throw new Error(`The page on Neovim has no configuration for ${wanted}.`)
  return block
}
