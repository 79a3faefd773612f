import { describe, expect, test } from '@jest/globals'
import { commandForQuestion } from '../../src/chat/free-question.js'
import { loadLedger } from '../../src/ledger/load.js'
import { loadTagger } from '../../src/tagging/tagger.js'

const { lexicon } = await loadTagger()
const services = { ledger: loadLedger(), lexicon, now: new Date('2026-11-23T12:00:00Z') }

describe('a question in plain words', () => {
  test.each([
    ['did IBM ever stop selling facial recognition?', 'company IBM'],
    ['does ibm sell to police', 'company IBM'],
    ['did facebook have it in 2022?', 'company Meta as-of:2022-12-31'],
    ['What was Microsoft’s position before June 2020?', 'company Microsoft as-of:2020-05-31'],
    ['was rite aid barred on Nov 30, 2023', 'company "Rite Aid" as-of:2023-11-30'],
    ['is it legal in portland', 'jurisdiction US-OR/Portland'],
    ['is it banned in Portland, Maine?', 'jurisdiction US-ME/Portland'],
    ['is facial recognition legal in sf?', 'jurisdiction "US-CA/San Francisco"'],
    ['may police use it in the uk', 'jurisdiction GB'],
    ['is it legal in Wyoming?', 'jurisdiction US-WY'],
    ['is Clearview AI legal in Canada?', 'jurisdiction CA'],
    ['does Apple sell it to police?', 'company Apple'],
    ['who still sells to police', 'company'],
    ['which companies had stopped by the end of 2020?', 'company as-of:2020-12-31'],
    ['how do Illinois and Texas differ?', 'compare US-IL US-TX'],
    ['what deadlines are coming up in the EU?', 'deadlines jurisdiction:EU']
  ])('%s', (question, command) => {
    expect(commandForQuestion(question, services)).toBe(command)
  })

  test.each(['how are you', 'is it legal in stores', 'tell us more', 'Police stop people', 'does amzon sell it'])(
    'names nobody: %s',
    (question) => {
      expect(commandForQuestion(question, services)).toBeNull()
    }
  )
})
