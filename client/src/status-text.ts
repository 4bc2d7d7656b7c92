import type { PlaceTotals } from './protocol'

/** What is said of the server. */
export function healthOf(state: 'starting' | 'running' | 'stopped') {
  const detail = { starting: 'starting', running: 'running', stopped: 'stopped' }[state]
  const isStopped = state === 'stopped'
  return {
    text: isStopped ? 'cnnlint has stopped' : 'cnnlint',
    detail,
    isBusy: state === 'starting',
    isStopped,
  }
}

/**
 * The totals in one line.
 * @example totalsText({ name: 'ResNet50', text: '25.6M params · 4.09 GMACs', tried: [] }) // 'ResNet50: 25.6M params · 4.09 GMACs'
 */
export function totalsText(totals: PlaceTotals | null): string {
  if (totals === null) return 'No network at the cursor'
  return totals.text === '' ? totals.name : `${totals.name}: ${totals.text}`
}

/** That other sizes are tried, and what leads back. */
export function triedText({ tried }: PlaceTotals): { readonly text: string; readonly back: string } {
  const [first, another] = tried
  return {
    text: `Trying ${tried.map(({ text }) => text).join(', ')}`,
    back: another === undefined ? `Back to ${first?.declared}` : 'Back to the declared sizes',
  }
}
