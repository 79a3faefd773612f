import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { loadTagger } from '../../src/tagging/index.js'

const tagger = loadTagger()

const SENTENCES = [
  'Microsoft will not sell facial recognition to police.',
  'The city council of Oakland voted for a ban.',
  'A lawsuit against Clearview AI was filed in Illinois.',
  'La Cnil a infligé une amende à Clearview AI.',
  'Die Bundespolizei testet Gesichtserkennung in München.',
  'El Congreso aprobó una ley sobre el reconocimiento facial en São Paulo.',
  'The weather stays fine in Portland, Maine.',
  '“Never again,” said O’Connor — 100 %!'
]

const noise = fc.string({ unit: 'grapheme', maxLength: 60 })
const prose = fc
  .array(fc.oneof(fc.constantFrom(...SENTENCES), noise), { maxLength: 12 })
  .map((parts) => parts.join(' '))

test('every span lies inside its field and holds the name it stands for', () => {
  fc.assert(
    fc.property(prose, prose, (title, text) => {
      for (const { tag, field, start, end } of tagger.tag({ title, text }).evidence) {
        const source = field === 'title' ? title : text
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(source.length)
        const words = source.slice(start, end)
        expect(words.trim()).toBe(words)
        if (tag.startsWith('company:')) {
          const company = tagger.lexicon.company(words)
          // An unlisted company is called as the text calls it, without its legal form.
          if (company === null) expect(words.toLowerCase()).toContain(tag.slice('company:'.length).toLowerCase())
        }
      }
    }),
    { numRuns: 150 }
  )
})

test('the same text has the same tags, always', () => {
  fc.assert(
    fc.property(prose, prose, (title, text) => {
      expect(tagger.tag({ title, text })).toEqual(tagger.tag({ title, text }))
    }),
    { numRuns: 60 }
  )
})

test('every company and place tag has its evidence, none stands twice', () => {
  fc.assert(
    fc.property(prose, prose, (title, text) => {
      const { companies, jurisdictions, evidence } = tagger.tag({ title, text })
      const shown = new Set(evidence.map(({ tag }) => tag))
      for (const name of companies) expect(shown).toContain(`company:${name}`)
      for (const code of jurisdictions) expect(shown).toContain(`jurisdiction:${code}`)
      expect(new Set(companies).size).toBe(companies.length)
      expect(new Set(jurisdictions).size).toBe(jurisdictions.length)
    }),
    { numRuns: 60 }
  )
})

test('the order of unrelated sentences does not change the companies', () => {
  const lead = 'A law on facial recognition was debated by lawmakers.'
  const sentences = [
    'IBM sells no facial recognition to police.',
    'Clearview AI sells its software to police.',
    'The weather was mild all week.',
    'Trains run later on weekends.'
  ]
  const wanted = ['Clearview AI', 'IBM']
  fc.assert(
    fc.property(fc.shuffledSubarray(sentences, { minLength: sentences.length }), (order) => {
      const { companies } = tagger.tag({ title: lead, text: order.join(' '), lang: 'en' })
      expect([...companies].sort()).toEqual(wanted)
    })
  )
})

test('a whole article tags what it is about, not every place it mentions', () => {
  const passing = 'Visitors came from Paris, Berlin, Texas and Ohio to see the lake and to talk about the weather. '
  const text = `The Oakland City Council voted on Tuesday to ban facial recognition by city agencies. ${passing.repeat(1100)}`
  expect(text.length).toBeGreaterThan(100_000)
  expect(tagger.tag({ title: 'Oakland bans facial recognition', text, lang: 'en' }).jurisdictions).toEqual([
    'US-CA/Oakland'
  ])
})
