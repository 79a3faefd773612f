/** Languages whose month names are read; the names come from Node's own locale data. */
const LANGUAGES = 'en fr de es it pt nl pl sv da nb fi cs sk hu ro hr sl el ru uk bg tr ca et lv lt id'.split(' ')

let names: Map<string, number> | null = null

/** Words that were looked up before; feeds use few (their weekdays above all). */
const found = new Map<string, number | null>()
const MAX_FOUND = 1000

/** 1 to 12 for a month's name, whole or its beginning of at least three letters, in any of many languages; else null. */
export function monthOf(word: string): number | null {
  const known = found.get(word)
  if (known !== undefined) return known
  const month = search(level(word))
  if (found.size < MAX_FOUND) found.set(word, month)
  return month
}

function search(plain: string): number | null {
  names ??= monthNames()
  const exact = names.get(plain)
  if (exact !== undefined) return exact
  if (plain.length < 3) return null
  const months = new Set<number>()
  for (const [name, month] of names) if (name.startsWith(plain) || plain.startsWith(name)) months.add(month)
  return months.size === 1 ? [...months][0]! : null
}

function monthNames(): Map<string, number> {
  const all = new Map<string, number>()
  const formats: Intl.DateTimeFormatOptions[] = [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric' },
    { month: 'short', day: 'numeric' }
  ]
  for (const language of LANGUAGES) {
    for (const format of formats) {
      const formatter = new Intl.DateTimeFormat(language, { ...format, timeZone: 'UTC' })
      for (let month = 1; month <= 12; month++) {
        const part = formatter.formatToParts(Date.UTC(2026, month - 1, 15)).find(({ type }) => type === 'month')
        const name = level(part?.value ?? '')
        // The first language wins where two use one name for two months.
        if (name.length >= 3 && !all.has(name)) all.set(name, month)
      }
    }
  }
  return all
}

/** Letters only, lower case, without accents. */
function level(word: string): string {
  return word
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
}
