import { installDebianPackage } from './debian.mjs'
import { findOnPath } from './process.mjs'

/**
 * The path of Neovim: `$NEOVIM`, one on PATH, or Debian's, installed now; undefined where there is none to have.
 * @returns {Promise<string | undefined>}
 */
export async function installNeovim() {
  return findNeovim() ?? ((await installDebianPackage('neovim')) ? findNeovim() : undefined)
}

const findNeovim = () => process.env.NEOVIM || findOnPath('nvim')
