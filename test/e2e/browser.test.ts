import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openVSCode, resultsFolder, scratchWorkspace, type VSCodePage } from './page'

// VS Code as a person uses it: with the mouse and the keyboard, by what stands on the screen. The screenshots
// are for looking at.
describe.each([
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
])('a person in the %s theme', (name, theme) => {
  let vscode: VSCodePage
  let page: Page

  beforeAll(async () => {
    const folder = await scratchWorkspace(name)
    await mkdir(join(folder, '.vscode'))
    const settings = { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false }
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings))
    await mkdir(resultsFolder, { recursive: true })
    vscode = await openVSCode({ folder })
    page = vscode.page
    page.setDefaultTimeout(20_000)
  })
  afterAll(() => vscode?.close())

  const screenshot = (subject: string) => {
    const path = join(resultsFolder, `${name}-${subject}.png`)
    return page.screenshot({ path, animations: 'disabled' })
  }

  afterEach(({ task }) => (task.result?.state === 'fail' ? screenshot('failure') : undefined))

  test('sees the code in colours and the file with its icon', async () => {
    await openFile(page, 'residual.cnn')
    const colours = new Set<string>()
    for (const word of ['network', 'conv', '33']) {
      const token = wordIn(page, word)
      await token.waitFor()
      colours.add(await token.evaluate((element) => element.className))
    }
    expect(colours.size).toBe(3)
    await screenshot('colours')
  })

  test('hovers over a layer with the mouse and reads its shapes', async () => {
    const hover = await hoverOver(page, 'conv')
    expect(await hover.innerText()).toContain('3×33×33 → 16×33×33')
    await screenshot('hover')
    await page.keyboard.press('Escape')
  })

  test('breaks a padding, presses the light bulb and takes the first fix', async () => {
    await openFile(page, 'broken.cnn')
    const squiggle = page.locator('.squiggly-error')
    await squiggle.first().waitFor()
    await wordIn(page, '7').click()
    await screenshot('error')
    await page
      .locator(
        '.lightBulbWidget:visible, .codicon-gutter-lightbulb-auto-fix:visible, .codicon-gutter-lightbulb:visible',
      )
      .first()
      .click()
    const first = page.locator('.action-widget .monaco-list-row.action').first()
    await first.waitFor()
    await screenshot('light-bulb')
    expect(await first.innerText()).toContain('Set padding=2')
    await first.click()
    await squiggle.first().waitFor({ state: 'detached' })
    await screenshot('mended')
  })

  test('tries another size from the line above the input, and goes back', async () => {
    await openFile(page, 'residual.cnn')
    const lens = (text: string) => page.locator('.codelens-decoration a').filter({ hasText: text }).first()
    await lens('Try another size…').click()
    const box = page.locator('.quick-input-widget input')
    await box.waitFor()
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor()
    await screenshot('sizes')
    await box.fill('65')
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: '3x65x65' }).waitFor()
    await page.keyboard.press('Enter')
    await lens('Trying 3×65×65 — back to 3×33×33').waitFor()
    await page.locator('.statusbar-item[id="status.languageStatus"]').click()
    await page.locator('.hover-language-status').first().waitFor()
    await screenshot('tried')
    await page.keyboard.press('Escape')
    await lens('Trying 3×65×65 — back to 3×33×33').click()
    await lens('Trying').waitFor({ state: 'detached' })
  })

  test('checks the workspace from the command palette and reads the result', async () => {
    await runCommand(page, 'cnnlint: Check All Files of the Workspace')
    await page.locator('.markers-panel').waitFor()
    const message = page.locator('.notification-list-item-message').filter({ hasText: 'cnnlint:' }).first()
    await message.waitFor()
    expect(await message.innerText()).toMatch(/in \d+ files\./)
    await screenshot('workspace')
  })
})

/** The first token in the editor that holds the word. */
const wordIn = (page: Page, word: string): Locator =>
  page.locator('.monaco-editor .view-line span[class^="mtk"]').filter({ hasText: word }).first()

/** Opens a file of the workspace by its name. */
async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P')
  const input = page.locator('.quick-input-widget input')
  await input.fill(name)
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click()
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor()
}

/** Runs a command from the palette by its title. */
async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1')
  await page.locator('.quick-input-widget input').fill(`>${title}`)
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click()
}

/** Rests the mouse on a word until something about it is shown; while the server starts, that is nothing yet. */
async function hoverOver(page: Page, word: string): Promise<Locator> {
  const hover = page.locator('.monaco-hover:visible').filter({ hasText: '→' })
  for (let attempt = 1; ; attempt++) {
    await page.mouse.move(0, 0)
    await wordIn(page, word).hover()
    const shown = await hover.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    )
    if (shown) return hover
    if (attempt === 6) throw new Error(`The mouse rests on "${word}" and nothing is shown.`)
  }
}
