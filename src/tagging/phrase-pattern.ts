const LETTER = 'a-zà-ÿ0-9'
const BETWEEN = `[^${LETTER}]+`
/** Behind a whole word. */
const END = `(?![${LETTER}])`
/** Behind a stem: anything. */
const NOTHING = ''

/** The pieces of patterns as a tree, so that phrases that begin alike are tried once. */
interface Branch {
  next: Map<string, Branch>
}

/**
 * One pattern for many phrases, to be tried on a text in small letters: words, with `*` behind a word for any ending; whatever
 * stands between words. It is made as a tree of letters: one alternative a phrase would be tried one by one at every word.
 */
export function phrasePattern(phrases: readonly string[]): RegExp {
  const root: Branch = { next: new Map() }
  for (const phrase of phrases) {
    let branch = root
    for (const piece of piecesOf(phrase)) {
      const known = branch.next.get(piece)
      if (!known) branch.next.set(piece, { next: new Map() })
      branch = branch.next.get(piece)!
    }
  }
  return new RegExp(`(?:^|[^${LETTER}])${sourceOf(root)}`)
}

function piecesOf(phrase: string): string[] {
  const words = phrase.toLowerCase().match(/[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}+&]*\*?/gu) ?? []
  const pieces: string[] = []
  for (const [index, word] of words.entries()) {
    if (index > 0) pieces.push(BETWEEN)
    const stem = word.endsWith('*')
    for (const letter of stem ? word.slice(0, -1) : word) pieces.push(letter === '+' ? '\\+' : letter)
    if (stem && index < words.length - 1) pieces.push(`[${LETTER}]*`)
  }
  return [...pieces, words.at(-1)?.endsWith('*') ? NOTHING : END]
}

function sourceOf({ next }: Branch): string {
  // A phrase ends here; a stem makes all its longer forms needless.
  if (next.size === 0 || next.has(NOTHING)) return ''
  const alternatives = [...next].map(([piece, branch]) => piece + sourceOf(branch))
  return alternatives.length === 1 ? alternatives[0]! : `(?:${alternatives.join('|')})`
}
