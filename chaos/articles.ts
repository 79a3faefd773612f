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

const COMPANIES =
  'Clearview AI,Microsoft,Amazon,NEC,Cognitec,Idemia,Thales,PimEyes,Oosto,Hikvision,Dahua,SenseTime,Megvii,Paravision,Panasonic,Veriff'.split(
    ','
  )
const PLACES =
  'Seattle,Oakland,Boston,Minneapolis,Portland in Maine,Vermont,Illinois,Texas,France,Italy,Germany,Spain,Brazil,India,Japan,Australia,Kenya,Ireland,Sweden,Poland'.split(
    ','
  )
/** Headline, and what follows; `#` is the place, `@` the company. */
const DEEDS = [
  [
    '# votes to ban facial recognition after dispute with @',
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
    'Audit finds bias in facial recognition that @ sold to #',
    'Auditors in # measured more false matches of women by the facial recognition of @.'
  ],
  [
    '# proposes rules for live facial recognition, @ objects',
    'A bill in # would demand a warrant before police run live facial recognition, which @ opposes.'
  ]
] as const
const NAMES = 'Ade,Bero,Cila,Dorv,Ezra,Falk,Gorm,Hild,Imre,Jarl,Kira,Lund,Moro,Nils,Orla,Pavo,Quin,Rasc,Siv,Tove'.split(
  ','
)

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

/** Makes an article on the subject that is unlike the others: the numbers and names in it see to that. */
export function makeArticle(number: number, feed: string, random: Random): MadeArticle {
  const code = `K${String(number).padStart(5, '0')}`
  const company = random.pick(COMPANIES)
  const name = () => `${random.pick(NAMES)}${random.pick(NAMES).toLowerCase()}`
  const place = random.pick(PLACES)
  const [title, text] = random.pick(DEEDS).map((words) => words.replace('#', place).replace('@', company))
  return {
    code,
    guid: `${feed}-${code}`,
    link: `https://news.example/${feed}/${code}`,
    title: `${title}, ${code}`,
    text: `${text} ${name()} ${name()} – “né à Orléans” – spoke for ${random.between(2, 900)} residents; ${name()} asked for a report in ${random.between(3, 90)} days.`,
    published: new Date(),
    company
  }
}
