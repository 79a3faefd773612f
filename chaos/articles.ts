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
const DEEDS = [
  (place: string, company: string) => ({
    title: `${place} votes to ban facial recognition after dispute with ${company}`,
    text: `Lawmakers in ${place} voted to ban police use of facial recognition bought from ${company}.`
  }),
  (place: string, company: string) => ({
    title: `${company} fined over facial recognition in ${place}`,
    text: `The data protection authority of ${place} fined ${company} for scraping faces without consent.`
  }),
  (place: string, company: string) => ({
    title: `Lawsuit against ${company} on facial recognition opens in ${place}`,
    text: `A court in ${place} heard the class action that accuses ${company} of keeping faceprints of shoppers.`
  }),
  (place: string, company: string) => ({
    title: `${company} pauses facial recognition sales to police of ${place}`,
    text: `${company} said it will sell no facial recognition to the police of ${place} for a year.`
  })
]
const NAMES = 'Ade,Bero,Cila,Dorv,Ezra,Falk,Gorm,Hild,Imre,Jarl,Kira,Lund,Moro,Nils,Orla,Pavo,Quin,Rasc,Siv,Tove'.split(
  ','
)

/** Makes an article on the subject that is unlike the others: the numbers and names in it see to that. */
export function makeArticle(number: number, feed: string, random: Random): MadeArticle {
  const code = `K${String(number).padStart(5, '0')}`
  const company = random.pick(COMPANIES)
  const name = () => `${random.pick(NAMES)}${random.pick(NAMES).toLowerCase()}`
  const { title, text } = random.pick(DEEDS)(random.pick(PLACES), company)
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
