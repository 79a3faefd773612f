import { describe, expect, test } from '@jest/globals'
import { loadTagger } from '../../src/tagging/index.js'

const tagger = loadTagger()

interface Trap {
  why: string
  title: string
  text: string
  companies?: string[]
  notCompanies?: string[]
  places?: string[]
  notPlaces?: string[]
  relevant?: boolean
}

const TRAPS: Trap[] = [
  {
    why: 'an outlet is no place',
    title: 'Council bans facial recognition in Oakland',
    text: 'The Oakland City Council voted for an ordinance against facial recognition on Tuesday, the Washington Post reported.',
    places: ['US-CA/Oakland'],
    notPlaces: ['US-WA', 'US-DC', 'US']
  },
  {
    why: 'a dateline says where the reporter sat',
    title: 'Law on facial recognition signed in Maine',
    text: 'BOSTON (AP) — A bill that bars police from facial recognition became law in Maine on Thursday, the governor said.',
    places: ['US-ME'],
    notPlaces: ['US-MA/Boston', 'US-MA']
  },
  {
    why: 'the parent behind the comma decides between two Portlands',
    title: 'Portland, Maine votes to ban facial recognition',
    text: 'Voters in Portland, Maine approved a ban on facial recognition by city agencies.',
    places: ['US-ME/Portland'],
    notPlaces: ['US-OR/Portland']
  },
  {
    why: 'the country of Georgia',
    title: 'Georgia fines protesters found by face recognition',
    text: 'In Tbilisi, courts of Georgia fined people whom cameras had identified. The Georgian parliament debated a law on face recognition.',
    places: ['GE'],
    notPlaces: ['US-GA']
  },
  {
    why: 'a clear day is no company',
    title: 'Clear rules wanted for facial recognition',
    text: 'Clear limits are needed, lawmakers in Texas said as they debated a bill on facial recognition.',
    notCompanies: ['CLEAR']
  },
  {
    why: 'the Amazon is a forest',
    title: 'Brazil weighs satellite law for the Amazon rainforest',
    text: 'Deforestation in the Amazon rainforest fell, the government of Brazil said.',
    notCompanies: ['Amazon'],
    relevant: false
  },
  {
    why: 'a target is no retailer',
    title: 'Minister sets target for facial recognition rules',
    text: 'Target dates for the bill on facial recognition were announced in London by the Home Office.',
    notCompanies: ['Target']
  },
  {
    why: 'a law names its state',
    title: 'Class action over face scans at gym',
    text: 'The gym is accused of breaking BIPA by keeping facial recognition templates of members without consent, a lawsuit says.',
    places: ['US-IL']
  },
  {
    why: 'a regulator names its country',
    title: 'Garante stops facial recognition trial',
    text: 'The Garante ordered a halt to the facial recognition trial and opened an investigation.',
    places: ['IT']
  },
  {
    why: 'the seat of a company is no jurisdiction',
    title: 'FTC settles with app developer over facial recognition',
    text: 'The Federal Trade Commission settled with the California-based developer Everalbum over misuse of facial recognition.',
    companies: ['Everalbum'],
    places: ['US'],
    notPlaces: ['US-CA']
  },
  {
    why: 'a ban on masks is no rule on recognising faces',
    title: 'County bans masks in public',
    text: 'Wearing a mask or other face covering in public will be a misdemeanor under a law that the county legislature passed.',
    relevant: false
  },
  {
    why: 'unlocking a phone is no rule',
    title: 'How to unlock your iPhone with Face ID',
    text: 'Apple lets you unlock the phone with your face. In this guide we explain how to set up Face ID on a new iPhone.',
    companies: ['Apple'],
    relevant: false
  },
  {
    why: 'a market report is no rule',
    title: 'Facial recognition market to double by 2030',
    text: 'The facial recognition market will grow at a CAGR of 15 percent, a new forecast says. Request a sample of the report.',
    relevant: false
  },
  {
    why: 'face surveillance is facial recognition',
    title: 'City outlaws face surveillance',
    text: 'The Somerville City Council in Massachusetts voted unanimously for an ordinance that bans face surveillance by police.',
    places: ['US-MA/Somerville'],
    relevant: true
  }
]

describe('traps that tags have fallen into', () => {
  test.each(TRAPS)('$why', ({ title, text, companies, notCompanies, places, notPlaces, relevant }) => {
    const tags = tagger.tag({ title, text, lang: 'en' })
    expect(tags.companies).toEqual(expect.arrayContaining(companies ?? []))
    expect(tags.jurisdictions).toEqual(expect.arrayContaining(places ?? []))
    for (const name of notCompanies ?? []) expect(tags.companies).not.toContain(name)
    for (const code of notPlaces ?? []) expect(tags.jurisdictions).not.toContain(code)
    if (relevant !== undefined) expect(tags.relevant).toBe(relevant)
  })
})

test('the June 2020 Microsoft story has exactly its companies, places and kind', () => {
  const tags = tagger.tag({
    title: 'Microsoft joins IBM and Amazon in refusing to sell face recognition to police',
    text:
      'Microsoft has become the third big tech company this week to step back: its president told a Washington Post event on Thursday ' +
      'that it does not sell facial recognition to police departments in the United States and will not until a national law, grounded ' +
      'in human rights, governs it. IBM is leaving the field and Amazon has paused police use of Rekognition for a year. Rivals such as ' +
      'Clearview AI and Palantir have made no such promise. Microsoft backed the law that Washington state adopted in March; in ' +
      'California it supports a bill that the ACLU says would spread the technology.',
    lang: 'en',
    published: '2020-06-11T20:00:00Z'
  })
  expect([...tags.companies].sort()).toEqual(['Amazon', 'Clearview AI', 'IBM', 'Microsoft', 'Palantir'])
  expect([...tags.jurisdictions].sort()).toEqual(['US', 'US-CA', 'US-WA'])
  expect(tags).toMatchObject({ relevant: true, kind: 'company-policy', stage: null, lang: 'en' })
})
