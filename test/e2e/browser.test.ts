import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Frame, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/process.mjs'
import { openVSCode, resultsFolder, scratchWorkspace, type VSCodePage, webExtension } from './page'

// VS Code as a person uses it: with the mouse and the keyboard, by what stands on the screen. The screenshots
// are for looking at.
describe.each([
  ['dark', 'Default Dark Modern', 'desktop'],
  ['light', 'Default Light Modern', 'web'],
])('a person in the %s theme (%s, the build for the %s)', (name, theme, build) => {
  let vscode: VSCodePage
  let page: Page

  beforeAll(async () => {
    const folder = await scratchWorkspace(name)
    await mkdir(join(folder, '.vscode'))
    const settings = { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false }
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings))
    await mkdir(resultsFolder, { recursive: true })
    vscode = await openVSCode({ folder, extension: build === 'web' ? await webExtension() : root })
    page = vscode.page
    page.setDefaultTimeout(20_000)
  })
  afterAll(() => vscode?.close())

  const screenshot = (subject: string) => {
    const path = join(resultsFolder, `${name}-${subject}.png`)
    return page.screenshot({ path, animations: 'disabled' })
  }

  afterEach(({ task }) => (task.result?.state === 'fail' ? screenshot('failure') : undefined))

  test('reads in the walkthrough how to begin', async () => {
    await openWalkthrough(page)
    await page.locator('.getting-started-step').first().waitFor()
  })

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
    await screenshot('fixed')
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

  test('chooses a classic from the templates', async () => {
    await runCommand(page, 'cnnlint: New Network from Template…')
    await page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: 'ResNet-50' })
      .first()
      .waitFor()
    await screenshot('templates')
    await page.locator('.quick-input-widget input').fill('u-net')
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'U-Net' }).first().click()
    await wordIn(page, 'conv_transpose').waitFor()
  })

  test('returns to the walkthrough and finds ticked off what has been done', async () => {
    // Without the panel and the side bar there is room for the pictures.
    await page.keyboard.press('Control+J')
    await page.keyboard.press('Control+B')
    await openWalkthrough(page)
    const done = page.locator('.getting-started-step .codicon.complete')
    // A template opened, a layer hovered over, a mistake fixed, the workspace checked.
    await expect.poll(() => done.count()).toBe(4)
    for (const [step, shown] of [
      ['Write a network', 'flows through a layer'],
      ['See what a layer does', 'Receptive field: 8×8'],
      ['Let a mistake be fixed', 'Set padding=7'],
      ['Say what must hold', 'must fit the microcontroller'],
    ] as const) {
      await page.locator('.getting-started-step').filter({ hasText: step }).click()
      await shownBeside(page, shown)
      await screenshot(`walkthrough-${step.split(' ')[0]?.toLowerCase()}`)
    }
  })
})

/** The first token in the editor that holds the word. */
const wordIn = (page: Page, word: string): Locator =>
  page.locator('.monaco-editor .view-line span[class^="mtk"]').filter({ hasText: word }).first()

/** Opens a file of the workspace by its name. */
async function openFile(page: Page, name: string): Promise<void> {
  await choose(page, 'Control+P', name, name)
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor()
}

/**
 * Opens the quick input by a key, types into it and takes the entry that bears the name. Once more when that
 * fails: while VS Code starts it may not answer or not know a file yet, and a page that is loading takes the
 * focus, which closes the input.
 */
async function choose(page: Page, key: string, text: string, name: string): Promise<void> {
  const entry = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first()
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press(key)
    const chosen = await page
      .locator('.quick-input-widget input')
      .fill(text, { timeout: 2_000 })
      .then(() => entry.click({ timeout: 5_000 }))
      .then(
        () => true,
        () => false,
      )
    if (chosen) return
    if (attempt === 6) throw new Error(`The quick input does not offer "${name}".`)
    await page.keyboard.press('Escape')
  }
}

/** Opens the extension's walkthrough. */
async function openWalkthrough(page: Page): Promise<void> {
  await runCommand(page, 'Welcome: Open Walkthrough...')
  const entry = page.locator('.quick-input-list .monaco-list-row')
  await entry.filter({ hasText: 'Get Started with cnnlint' }).first().click()
}

/** Waits until a text stands beside a step of the walkthrough, which has frames of its own for that. */
async function shownBeside(page: Page, text: string): Promise<void> {
  const isIn = (frame: Frame) =>
    frame
      .getByText(text)
      .first()
      .isVisible()
      .catch(() => false)
  await expect
    .poll(async () => (await Promise.all(page.frames().slice(1).map(isIn))).includes(true), {
      timeout: 20_000,
    })
    .toBe(true)
}

/** Runs a command from the palette by its title. */
const runCommand = (page: Page, title: string): Promise<void> => choose(page, 'F1', `>${title}`, title)

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
