// Programs that tests need and that Debian and Ubuntu have as packages; elsewhere the contributor installs them.
import { spawnSync } from 'node:child_process'
import { findOnPath, run, say } from './process.mjs'

/**
 * Installs a Debian package, where that can be done without asking anybody.
 * @param {string} name
 * @returns {Promise<boolean>} Whether it could be tried. Rejects when the installation fails.
 */
export async function installDebianPackage(name) {
  const rights = rightsToInstall()
  if (!rights) return false
  say(`Installing ${name} (Debian package)`)
  const [command, ...args] = [...rights, 'apt-get', '-o', 'Acquire::Retries=3']
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  await run(command, [...args, 'update', '-qq'], options)
  await run(command, [...args, 'install', '-y', '-qq', '--no-install-recommends', name], options)
  return true
}

/**
 * What stands in front of apt-get, undefined where it cannot be run.
 * @returns {[] | [string, string, string] | undefined}
 */
function rightsToInstall() {
  if (!findOnPath('apt-get')) return undefined
  if (process.getuid?.() === 0) return []
  const sudo = findOnPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0
  return sudo ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined
}
