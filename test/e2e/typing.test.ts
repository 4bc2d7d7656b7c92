import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openVSCode, outFolder } from './page'

/** What is typed before the last line's brace, as fast as people type. */
const MS_A_CHARACTER = 60

test('what is typed keeps its list open, and Tab takes the option', { timeout: 240_000 }, async () => {
  const folder = join(outFolder, 'typing')
  await mkdir(folder, { recursive: true })
  const body = '  input image: [3, 64, 64]\n  a = image -> relu\n  output y = a -> relu'
  await writeFile(join(folder, 'typed.cnn'), `network N {\n${body}\n}\n`)
  const { page, close } = await openVSCode({ folder })
  try {
    await page.getByRole('treeitem', { name: 'typed.cnn' }).dblclick({ timeout: 60_000 })
    // The lens says that the server has answered.
    await page.locator('.codelens-decoration a').first().waitFor({ timeout: 60_000 })
    await page.locator('.view-lines').first().click()
    await page.keyboard.press('Control+End')
    for (const key of ['ArrowUp', 'ArrowUp', 'End', 'Enter']) await page.keyboard.press(key)
    await page.keyboard.type('b = a -> conv(64, 3, pad', { delay: MS_A_CHARACTER })
    await page.locator('.suggest-widget.visible .monaco-list-row.focused').waitFor({ timeout: 20_000 })
    await page.keyboard.press('Tab')
    const line = page.locator('.view-line', { hasText: 'b = a' })
    // An editor draws spaces that do not break.
    await expect
      .poll(async () => (await line.innerText()).replace(/\s/g, ' '))
      .toMatch(/conv\(64, 3, padding=/)
  } finally {
    await close()
  }
})
