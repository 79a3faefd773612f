import { fold } from './knowledge.js'
import type { CompanyEntry, Position } from './model.js'

/** Words that tell one subject from no other; whom it is sold to is in many. */
const COMMON = new Set(
  `a and any anybody at by can companie company did do does firm for from government has have in is it its of offer on or
  other police recognising recognition facial sale sell selling service sold stop stopped still the to use used using was
  were what when where who will with`.split(/\s+/)
)

/**
 * The key of the subject that words speak of: "azure face", "sales to private companies", "body cams". By the words that
 * it shares with no other subject of the company, or with the fewest; null where no subject is nearer than all others.
 */
export function subjectMeant(entry: CompanyEntry, positions: readonly Position[], words: string): string | null {
  const said = fold(words).split(' ')
  const asked = new Set(wordsOf(words).filter((word) => !wordsOf(entry.name).includes(word)))
  const subjects = Object.entries(entry.subjects).map(([key, label]) => {
    const own = positions.filter((one) => one.company === entry.name && one.subject === key)
    const products = own.map(({ product }) => product ?? '')
    return { key, words: new Set(wordsOf([key, label, ...products].join(' '))) }
  })
  const scores = subjects.map(({ key, words: own }) => {
    const shared = [...asked].filter((word) => own.has(word))
    const rarity = shared.map((word) => 1 / subjects.filter((one) => one.words.has(word)).length)
    const named = said.includes(key) ? 1 : 0
    return { key, score: rarity.reduce((sum, one) => sum + one, named) }
  })
  const [first, second] = scores.sort((a, b) => b.score - a.score)
  return first && first.score > 0 && first.score > (second?.score ?? 0) ? first.key : null
}

/** Folded, without the commonest words and the plural. */
function wordsOf(text: string): string[] {
  const words = fold(text)
    .split(/[\s/]+/)
    .map((word) => word.replace(/(?<=\w{3})s$/, ''))
  return words.filter((word) => word !== '' && !COMMON.has(word))
}
