import { expect, test } from '@jest/globals'
import { loadTagger } from '../../src/tagging/index.js'

const tagger = loadTagger()

const STORIES = [
  {
    lang: 'en',
    title: 'Privacy commissioner fines retailer over facial recognition',
    text: 'The UK Information Commissioner fined Facewatch after an investigation into facial recognition in shops.',
    companies: ['Facewatch'],
    jurisdictions: ['GB'],
    kind: 'enforcement'
  },
  {
    lang: 'fr',
    title: 'Reconnaissance faciale : la Cnil inflige une amende à Clearview AI',
    text: 'La Cnil a infligé une amende de 20 millions d’euros à la société Clearview AI pour son logiciel de reconnaissance faciale, jugé illégal.',
    companies: ['Clearview AI'],
    jurisdictions: ['FR'],
    kind: 'enforcement'
  },
  {
    lang: 'de',
    title: 'Bundestag beschließt Verbot der Gesichtserkennung',
    text: 'Der Bundestag hat ein Gesetz beschlossen, das der Bundespolizei die automatische Gesichtserkennung an Bahnhöfen verbietet.',
    companies: [],
    jurisdictions: ['DE'],
    kind: 'legislation'
  },
  {
    lang: 'es',
    title: 'La AEPD multa a Mercadona por el reconocimiento facial',
    text: 'La Agencia Española de Protección de Datos ha impuesto una multa a Mercadona por usar reconocimiento facial en sus tiendas sin base legal.',
    companies: ['Mercadona'],
    jurisdictions: ['ES'],
    kind: 'enforcement'
  },
  {
    lang: 'it',
    title: 'Il Garante multa Clearview AI per il riconoscimento facciale',
    text: 'Il Garante per la protezione dei dati personali ha inflitto a Clearview AI una sanzione di 20 milioni di euro per il riconoscimento facciale illecito.',
    companies: ['Clearview AI'],
    jurisdictions: ['IT'],
    kind: 'enforcement'
  },
  {
    lang: 'pt',
    title: 'ANPD investiga uso de reconhecimento facial por clubes de futebol',
    text: 'A Autoridade Nacional de Proteção de Dados abriu um processo para fiscalizar o reconhecimento facial nos estádios do Brasil.',
    companies: [],
    jurisdictions: ['BR'],
    kind: 'enforcement'
  },
  {
    lang: 'nl',
    title: 'Autoriteit Persoonsgegevens beboet Clearview AI voor gezichtsherkenning',
    text: 'De Autoriteit Persoonsgegevens legt Clearview AI een boete op van 30 miljoen euro voor de illegale database met gezichten.',
    companies: ['Clearview AI'],
    jurisdictions: ['NL'],
    kind: 'enforcement'
  }
]

test.each(STORIES)('reads a story in $lang', ({ lang, title, text, companies, jurisdictions, kind }) => {
  expect(tagger.tag({ title, text })).toMatchObject({ relevant: true, lang, companies, jurisdictions, kind })
})

test('the text decides on the language, the hint only where it says nothing', () => {
  const french = 'Le Sénat a adopté la loi sur la reconnaissance faciale dans les gares.'
  expect(tagger.tag({ title: french, text: '', lang: 'en' }).lang).toBe('fr')
  expect(tagger.tag({ title: 'Clearview AI', text: '', lang: 'de' }).lang).toBe('de')
  expect(tagger.tag({ title: '12345', text: '' }).lang).toBe('und')
})
