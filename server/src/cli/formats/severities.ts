/** The colour in which each severity is printed. */
export const SEVERITY_COLOURS = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'cyan',
  off: 'dim',
} as const
