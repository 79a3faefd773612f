import { fold } from './knowledge.js'
import type { CompanyEntry, LedgerEvent, Position } from './model.js'
import { mayHold } from './there.js'

/** Words that tell one subject from no other; whom it is sold to is in many. */
const COMMON = new Set(
  `a and any anybody at by can companie company did do does firm for from government has have in is it its of offer on one
  or other police recognising recognition facial sale sell selling service sold stop stopped still that the these
  those to use used using was were what when where which who why will with`.split(/\s+/)
)

/** What all of it is about, which tells no subject from another: "Azure Face" is one, "face recognition" is not. */
const OF_ALL = /\b(?:face|facial)[ -]recog\w*/gi

/** Names inside a sentence: "its stake in AnyVision". */
const NAMES = /(?<=[\p{Ll},] )\p{Lu}[\p{L}’'-]{3,}/gu

/**
 * The key of the subject that words speak of: "azure face", "sales to private companies", "body cams". By the words that
 * it shares with no other subject of the company, or with the fewest; null where no subject is nearer than all others.
 */
export function subjectMeant(entry: CompanyEntry, positions: readonly Position[], words: string): string | null {
  const told = words.replace(OF_ALL, '')
  const said = fold(told).split(' ')
  const asked = new Set(wordsOf(told).filter((word) => !wordsOf(entry.name).includes(word)))
  const subjects = Object.entries(entry.subjects).map(([key, label]) => {
    const own = positions.filter((one) => one.company === entry.name && one.subject === key)
    const names = own.flatMap(({ product, summary }) => [product ?? '', ...(summary.match(NAMES) ?? [])])
    return { key, words: new Set(wordsOf([key, label, ...names].join(' '))) }
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

/** Words that an event must share with a question: one alone may be chance. */
const SHARED_WORDS = 2
/** Shorter words, and numbers, say little of an event. */
const TELLING_WORD = /^\p{L}{4,}$/u
/** What is in most events, or in any question. */
const OF_EVENTS = new Set(
  'about after been before case face faces into over police since stand stands stood their there they today until'.split(
    ' '
  )
)

/**
 * What happened to a company, where words speak of that and of none of its subjects: "smart glasses", "the class
 * settlement"; with the words that it shares with them. Null where fewer than two words are shared, or by several alike.
 * @param place the code of the place that is asked about; what happened elsewhere is then no answer
 */
export function eventMeant(
  entry: CompanyEntry,
  events: readonly LedgerEvent[],
  words: string,
  place: string | null = null
): { event: LedgerEvent; words: string } | null {
  const others = new Set(wordsOf([entry.name, ...entry.aliases, ...Object.values(entry.subjects)].join(' ')))
  const asked = foldedWords(words).filter((word) => {
    return TELLING_WORD.test(word) && !OF_EVENTS.has(word) && !others.has(stemOf(word)) && !COMMON.has(stemOf(word))
  })
  const scored = events
    .filter(({ companies, places }) => companies.includes(entry.name) && (place === null || mayHold(places, place)))
    .map((event) => {
      const told = new Set(wordsOf(event.says))
      return { event, shared: asked.filter((word) => told.has(stemOf(word))) }
    })
    .sort((a, b) => b.shared.length - a.shared.length)
  const [first, second] = scored
  if (!first || first.shared.length < SHARED_WORDS || first.shared.length === second?.shared.length) return null
  return { event: first.event, words: first.shared.join(' ') }
}

/** Folded stems, without the commonest words. */
function wordsOf(text: string): string[] {
  return foldedWords(text)
    .map(stemOf)
    .filter((word) => !COMMON.has(word))
}

function foldedWords(text: string): string[] {
  return fold(text)
    .split(/[\s/]+/)
    .filter((word) => word !== '')
}

/** Without the plural. */
function stemOf(word: string): string {
  return word.replace(/(?<=\w{2}[^s\W])s$/, '')
}
