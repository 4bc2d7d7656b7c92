import { installChromium, installServer } from '../../scripts/vscode.mjs'

/** Installs what a real VS Code needs before the first test asks for it, so that its progress is on the screen. */
export default async function setup(): Promise<void> {
  await installServer()
  await installChromium()
}
