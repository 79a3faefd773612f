/** What a gap in an entry stands for. */
const GAP = '.{0,40}'

/**
 * Entries of the lexicon as one pattern over folded text: each is the beginning of a word or of several in a row, `pass$`
 * is the whole word, ` … ` stands for a few signs between two parts. All else is meant literally.
 */
export function wordPattern(entries: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${entries.map(toPattern).join('|')})`)
}

/** The same for whole words with something behind them: a group of the pattern `behind` follows. */
export function wordsBefore(entries: readonly string[], behind: string): RegExp {
  // The longest first: "bis zum" before "bis".
  const longestFirst = [...entries].sort((a, b) => b.length - a.length)
  return new RegExp(`\\b(?:${longestFirst.map(toPattern).join('|')})\\b${behind}`, 'u')
}

function toPattern(entry: string): string {
  const whole = entry.endsWith('$')
  const literal = (whole ? entry.slice(0, -1) : entry)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s*…\s*/g, ` ${GAP}`)
  return whole ? `${literal}\\b` : literal
}
