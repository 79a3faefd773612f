import { describe, expect, test } from '@jest/globals'
import { commandForQuestion, nothingNamed } from '../../src/chat/free-question.js'
import { plainText } from '../../src/chat/message.js'
import { otherPlacesPart } from '../../src/chat/other-places.js'
import { loadLedger } from '../../src/ledger/record/load.js'
import { loadTagger } from '../../src/tagging/tagger.js'

const { lexicon, tag } = await loadTagger()
const services = { ledger: loadLedger(), lexicon, tag, now: new Date('2026-11-23T12:00:00Z') }

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
    ['is Clearview AI legal in Canada?', 'company "Clearview AI" in:CA'],
    ['can Clearview sell to the Chicago police?', 'company "Clearview AI" in:US-IL/Chicago'],
    ['may police in New Jersey use Clearview AI?', 'jurisdiction US-NJ'],
    ['is Hikvision banned in the US?', 'company Hikvision in:US'],
    ['did amazon allow police to use rekognition in 2021', 'company Amazon as-of:2021-12-31'],
    ['whats amazons stance', 'company Amazon'],
    ['amazon 2020/06/11', 'company Amazon as-of:2020-06-11'],
    ['fb face recognition 1 November 2021', 'company Meta as-of:2021-11-01'],
    ['what about Meta smart glasses', 'company Meta about:"smart glasses"'],
    ['can french police use it', 'jurisdiction FR'],
    ['did the rule apply in Portland, Maine, on Christmas 2025', 'jurisdiction US-ME/Portland as-of:2025-12-25'],
    ['is Amazon banned in Oakland?', 'jurisdiction US-CA/Oakland'],
    ['can Swedish police use Clearview?', 'company "Clearview AI" in:SE'],
    ['will Congress pass a moratorium?', 'jurisdiction US'],
    ['may the NYPD use it', 'jurisdiction "US-NY/New York City"'],
    ['is azure face open to new customers?', 'company Microsoft about:face-api'],
    ['does Clearview sell to private companies?', 'company "Clearview AI" about:private-customers'],
    ['does Microsoft sell to police in Germany?', 'company Microsoft about:police in:DE'],
    ['did IBM quit the police market?', 'company IBM'],
    ['do the police use rekognition', 'company Amazon'],
    ['does Apple sell it to police?', 'company Apple'],
    ['who still sells to police', 'company'],
    ['which companies had stopped by the end of 2020?', 'company as-of:2020-12-31'],
    ['how do Illinois and Texas differ?', 'compare US-IL US-TX'],
    ['compare Portland Oregon with Portland Maine', 'compare US-OR/Portland US-ME/Portland'],
    ['which is stricter, Maine or Vermont?', 'compare US-ME US-VT'],
    ['is it harder in Illinois, or in Texas, for shops?', 'compare US-IL US-TX'],
    ['did Amazon and Microsoft both stop in 2020?', 'compare Amazon Microsoft as-of:2020-12-31'],
    ['is it banned in schools in New York state?', 'jurisdiction US-NY'],
    ['may makers of products with biometrics sell in Texas?', 'jurisdiction US-TX'],
    ['was it legal in South Wales in October 2019?', 'jurisdiction GB-WLS as-of:2019-10-31'],
    ['is BIPA still in force?', 'jurisdiction US-IL'],
    ['was HB 2031 in force on 1 May 2022?', 'jurisdiction US-VA as-of:2022-05-01'],
    ['where did IBM stand on New Year’s Day 2021?', 'company IBM as-of:2021-01-01'],
    ['has google’s position changed since 2018?', 'company Google'],
    ['can police in Portland ME use it?', 'jurisdiction US-ME/Portland'],
    ['is it banned in Portland in Maine', 'jurisdiction US-ME/Portland'],
    ['Cambridge, England: may the police use it?', 'jurisdiction GB/Cambridge'],
    ['could police in VA use it on 2022-03-01?', 'jurisdiction US-VA as-of:2022-03-01'],
    ['does ibm do any face matching for british police nowadays?', 'company IBM about:uk-matching'],
    ['Is Microsoft’s refusal to sell to US police over now?', 'company Microsoft about:police in:US'],
    ['ny schools in jan 2022?', 'jurisdiction US-NY as-of:2022-01-31'],
    ['is there still a ban in calif. today?', 'jurisdiction US-CA'],
    ['is it banned in CA, DE or FR?', 'jurisdiction Canada'],
    ['is it OK in Texas, or illegal?', 'jurisdiction US-TX'],
    ['is it legal in Canada?', 'jurisdiction Canada'],
    ['what is the law in the state of Georgia, USA?', 'jurisdiction US-GA'],
    ['¿Qué rige en EE. UU.?', 'jurisdiction US'],
    ['what did the U. S. Senate do?', 'jurisdiction US'],
    ['Is AI face recognition banned in Texas?', 'jurisdiction US-TX'],
    ['when did the Upper Tribunal rule for the ICO against Clearview?', 'company "Clearview AI" in:GB'],
    ['does Clearview sell in Brazil legally?', 'company "Clearview AI" in:BR'],
    ['can german police run azure openai face recognition on body cams?', 'company Microsoft about:models in:DE'],
    ['La vidéosurveillance était-elle permise en France en juin 2025 ?', 'jurisdiction FR as-of:2025-06-30'],
    ['what deadlines are coming up in the EU?', 'deadlines jurisdiction:EU'],
    ['did the British fine on Clearview hold?', 'company "Clearview AI" in:GB'],
    ['what about the French penalty for Clearview?', 'company "Clearview AI" in:FR'],
    ['which town did Microsoft refuse, and why that one?', 'company Microsoft'],
    ['where does Bunnings stand since the tribunal spoke?', 'company Bunnings'],
    ['does idemia sell to the police as of 2023?', 'company IDEMIA as-of:2023-12-31'],
    ['does idemia sell to police in france?', 'company IDEMIA in:FR'],
    ['since when does GCP not offer it?', 'company Google'],
    ['may shops use it in both Portlands?', 'compare US-OR/Portland US-ME/Portland'],
    ['does Redmond sell it to police departments?', 'company Microsoft about:police'],
    ['is it banned in Redmond?', 'jurisdiction US-WA/Redmond']
  ])('%s', (question, command) => {
    expect(commandForQuestion(question, services)?.command).toBe(command)
  })

  test.each([
    'how are you',
    'who will ban it next?',
    'is it legal in stores',
    'tell us more',
    'Police stop people',
    'does amzon sell it',
    'do both Springwaters ban it?'
  ])('names nobody: %s', (question) => {
    expect(commandForQuestion(question, services)).toBeNull()
  })
})

describe('what a question may have meant otherwise', () => {
  test.each([
    ['Are licence plate readers banned in Boston?', 'licence plate'],
    ['gilt in Bayern die DSGVO für Kameras?', 'DSGVO'],
    ['are drones with face recognition banned in Boston?', null],
    ['is it legal in Palm Beach?', null],
    ['does Amazon sell it to police?', null]
  ])('another subject: %s', (question, subject) => {
    expect(commandForQuestion(question, services)).toMatchObject({ otherSubject: subject })
  })

  function otherPlaces(question: string): string {
    const place = commandForQuestion(question, services)?.place
    const [part] = place ? otherPlacesPart(place, services) : []
    return part?.type === 'context' ? plainText(part.text) : ''
  }

  test.each([
    ['what is the law in Georgia?', 'Georgia, United States: /facelaw jurisdiction US-GA'],
    ['may police in Washington use it?', 'District of Columbia, United States: /facelaw jurisdiction US-DC'],
    ['is it legal in Newport?', 'US-RI/Newport'],
    ['was it legal in Portland in May 2020?', 'jurisdiction US-ME/Portland as-of:2020-05-31'],
    ['is it legal in CA?', 'Canada: /facelaw jurisdiction CA'],
    ['is it legal in LA?', 'US-CA/Los Angeles']
  ])('another place: %s', (question, other) => {
    expect(otherPlaces(question)).toContain(other)
  })

  test.each([
    'is it legal in Portland, Maine?',
    'is it legal in Washington state?',
    'is it legal in Paris?',
    'is it legal in Illinois?'
  ])('no other place: %s', (question) => {
    expect(otherPlaces(question)).toBe('')
  })

  test('a country whose code is that of a state is told beside it', () => {
    const [part] = otherPlacesPart({ typed: 'VA', code: 'VA' }, services)
    expect(part?.type === 'context' && plainText(part.text)).toContain(
      'Virginia, United States: /facelaw jurisdiction US-VA'
    )
  })
})

test('a sentence without a name is answered with what comes near', () => {
  expect(nothingNamed('does Amzon sell to police?', services.ledger)).toMatch(
    /Did you mean Amazon\? `\/facelaw company Amazon`/
  )
  expect(nothingNamed('is it banned in Minneaplis', services.ledger)).toMatch(/jurisdiction US-MN\/Minneapolis`/)
  expect(nothingNamed('how are you all today', services.ledger)).not.toMatch(/Did you mean/)
})
