import { CandidateIndex } from '../src/stories/candidates.js'
import type { Signature } from '../src/stories/signature.js'
import { takeApart } from '../src/stories/signature.js'
import { scorePair } from '../src/stories/similarity.js'
import { loadStoryWeights } from '../src/stories/weights.js'

/** Articles held when the cost of one more is measured. */
const SIZES = [1_000, 10_000, 100_000, 1_000_000]
/** Articles timed at each size. */
const TIMED = 300
/** Made up once and filed again and again under new words: making a million texts would take longer than the bench. */
const KINDS_OF_ARTICLE = 2_000

/**
 * What one more article costs (finding candidates, scoring them all, filing it) as the articles in memory grow from a
 * thousand to a million. Prints microseconds an article; the last line says how much the cost grew.
 */
export async function benchStories(): Promise<void> {
  const data = loadStoryWeights()
  const made = Array.from({ length: KINDS_OF_ARTICLE }, (_, number) => makeArticle(number))
  const index = new CandidateIndex(data)
  // A warm-up, so that the first size does not pay for the compiling of the code.
  for (let number = 0; number < TIMED * 40; number++) scorePair(made[number % 97]!, made[number % 89]!, data)
  const costs: number[] = []
  let held = 0
  for (const size of SIZES) {
    for (; held < size - TIMED; held++) index.add(held, varied(made, held))
    let candidates = 0
    const begun = performance.now()
    for (let timed = 0; timed < TIMED; timed++, held++) {
      const article = takeApart(varied(made, held))
      const found = index.find(article)
      for (const id of found) scorePair(article, varied(made, id), data)
      candidates += found.length
      index.add(held, article)
    }
    const cost = ((performance.now() - begun) * 1000) / TIMED
    costs.push(cost)
    console.log(
      `${String(size).padStart(8)} articles: ${cost.toFixed(0)} µs for one more, ${(candidates / TIMED).toFixed(1)} candidates`
    )
  }
  console.log(`a thousand times the articles: ${(costs.at(-1)! / costs[0]!).toFixed(2)} times the cost`)
}

/** The article of this number: one of those made, moved to another company so that a million share no few keys. */
function varied(made: readonly Signature[], number: number): Signature {
  const article = made[number % made.length]!
  const round = Math.floor(number / made.length)
  return round === 0 ? article : { ...article, companies: [`Company ${number % 97} ${round % 50}`] }
}

const PLACES = ['US-WA/Tacoma', 'US-CA', 'US', 'FR', 'DE', 'GB/London', 'BR-SP', 'EU', 'IN-TG', 'CA-QC']
const DEEDS = ['fines', 'bans', 'sues', 'clears', 'repeals', 'studies', 'votes on', 'pauses']

function makeArticle(number: number): Signature {
  const name = (salt: number) => `Person${((number * 7919 + salt * 104_729) % 5_003).toString(36)}`
  const place = PLACES[number % PLACES.length]!
  const deed = DEEDS[number % DEEDS.length]!
  return takeApart({
    title: `${name(1)} ${deed} face recognition ${number % 311}`,
    text: `On Tuesday ${name(2)} and ${name(3)} told the council that the system of ${name(4)} compared ${number * 13} faces. The vote was ${number % 9}-${number % 4}; ${name(5)} asked for a report by June ${(number % 28) + 1}.`,
    companies: [`Company ${number % 97}`],
    jurisdictions: [place],
    kind: number % 2 === 0 ? 'legislation' : 'enforcement',
    stage: number % 2 === 0 ? 'passed' : null,
    lang: 'en',
    published: Date.UTC(2020, 0, 1) + (number % 2_000) * 86_400_000,
    seenAt: null
  })
}
