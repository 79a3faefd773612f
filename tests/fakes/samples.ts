import { createNames, type NameLexicon } from '../../src/alerts/names.js'
import type { Story } from '../../src/model/story.js'

/** A story as the store gives it, with what a test cares about put over it. */
export function sampleStory(over: Partial<Story> = {}): Story {
  return {
    id: 12,
    title: 'Microsoft will not sell face matching to police',
    link: 'https://civic-wire.example/microsoft',
    outlet: 'The Civic Wire',
    summary: 'Microsoft said on Thursday that it will wait for a national law. It named no date.',
    lang: 'en',
    companies: ['Microsoft'],
    jurisdictions: ['US'],
    kind: 'company-policy',
    stage: null,
    score: 0.97,
    published: new Date('2020-06-11T20:40:00Z'),
    firstSeenAt: new Date('2020-06-11T20:41:00Z'),
    updatedAt: new Date('2020-06-11T20:41:00Z'),
    articleCount: 1,
    outlets: ['The Civic Wire'],
    quiet: false,
    ...over
  }
}

const PLACES: Record<string, string> = {
  US: 'United States',
  'US-CA': 'California',
  'US-WA': 'Washington',
  EU: 'European Union'
}
const COMPANIES = ['Amazon', 'Clearview AI', 'IBM', 'Meta', 'Microsoft']

/** A small lexicon of five companies and four places. */
export const sampleLexicon: NameLexicon = {
  company: (name) => {
    const wanted = name.toLowerCase() === 'facebook' ? 'meta' : name.toLowerCase()
    const found = COMPANIES.find((candidate) => candidate.toLowerCase() === wanted)
    return found ? { name: found } : null
  },
  suggestCompanies: (partial, limit) =>
    COMPANIES.filter((name) => name.toLowerCase().startsWith(partial.toLowerCase().slice(0, 2))).slice(0, limit),
  jurisdiction: (text) => {
    const entry = Object.entries(PLACES).find((pair) => pair.some((one) => one.toLowerCase() === text.toLowerCase()))
    return entry ? { code: entry[0], name: entry[1] } : null
  },
  suggestJurisdictions: (partial, limit) =>
    Object.entries(PLACES)
      .filter(([, name]) => name.toLowerCase().startsWith(partial.toLowerCase().slice(0, 2)))
      .map(([code, name]) => ({ code, name }))
      .slice(0, limit),
  shortForm: () => null,
  namesakes: () => [],
  otherSubject: () => null,
  companyAt: () => null,
  jurisdictionName: (code) => PLACES[code] ?? code
}

export const sampleNames = createNames(sampleLexicon)
