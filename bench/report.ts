/** One measured figure. */
export interface Figure {
  name: string
  value: number
  /** `ms`, `MB`, `times`, `/s`. */
  unit: string
  /** What was promised, where something was. */
  bar?: { most: number } | { least: number }
}

/** A table for people on stderr, one line of JSON for machines on stdout. */
export function report(bench: string, figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length))
  for (const figure of figures) {
    const value = `${rounded(figure.value)} ${figure.unit}`
    process.stderr.write(`${figure.name.padEnd(width)}  ${value.padStart(16)}  ${verdict(figure)}\n`)
  }
  const rows = figures.map((figure) => ({ ...figure, value: rounded(figure.value) }))
  process.stdout.write(`${JSON.stringify({ bench, figures: rows })}\n`)
}

function verdict({ value, bar }: Figure): string {
  if (!bar) return ''
  if ('most' in bar) return `${value <= bar.most ? 'ok' : 'MISSED'} (at most ${bar.most})`
  return `${value >= bar.least ? 'ok' : 'MISSED'} (at least ${bar.least})`
}

function rounded(value: number): number {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3
  return Number(value.toFixed(digits))
}
