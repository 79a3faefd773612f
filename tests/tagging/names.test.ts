import { describe, expect, test } from '@jest/globals'
import { loadTagger } from '../../src/tagging/index.js'

const tagger = loadTagger()

interface Named {
  why: string
  /** English where it is not told. */
  lang?: string
  title: string
  text: string
  /** All that is to be found. */
  companies?: string[]
  /** Likewise. */
  places?: string[]
  relevant?: boolean
}

const NAMED: Named[] = [
  {
    why: 'what looks like the owner opens the name of a square',
    title: 'ICO asks about face cameras at Prior’s Yard',
    text: 'The Information Commissioner has written to the owners of the Prior’s Yard estate, where facial recognition scans passers-by.',
    companies: [],
    places: ['GB']
  },
  {
    why: 'an adjective before AI makes no company',
    title: 'Big AI bill vetoed in California',
    text: 'The governor of California has vetoed a bill on large models.',
    companies: []
  },
  {
    why: 'a listed market researcher only tells',
    title: 'Facial recognition market to double, Technavio says',
    text: 'The market will grow by 15 percent a year until 2033, the research firm Technavio predicts.',
    companies: [],
    relevant: false
  },
  {
    why: 'a market researcher that is not listed only tells, too',
    title: 'Facial recognition market to double',
    text: 'The market will grow by 15 percent a year until 2033, the research firm Quillmont predicts.',
    companies: []
  },
  {
    why: 'a given name with an inner capital is a person',
    title: 'Man held for a day over wrong face match',
    text: 'DeAndre Whitlow was arrested in Toledo after facial recognition matched him. KeShawn Barrow, his lawyer, has sued the city.',
    companies: []
  },
  {
    why: 'Saint somebody is one name, though a region of Italy is called Marche',
    title: 'Pay by face comes to supermarkets',
    text: 'Shoppers at St Marche supermarkets can pay with facial recognition by Mastercard.',
    companies: ['St Marche', 'Mastercard']
  },
  {
    why: 'two airlines under one name are one company',
    title: 'Boarding by face',
    text: 'Air France-KLM tests facial recognition at the gates of its flights.',
    companies: ['Air France-KLM']
  },
  {
    why: 'of two companies called ANA the airport operator is meant in Lisbon',
    lang: 'pt',
    title: 'Aeroporto de Lisboa testa reconhecimento facial',
    text: 'A ANA começou a testar o embarque com reconhecimento facial no aeroporto de Lisboa.',
    companies: ['ANA Aeroportos']
  },
  {
    why: 'Worten are words as well',
    lang: 'de',
    title: 'Kette beendet Gesichtserkennung',
    text: 'Mit anderen Worten: Die Gesichtserkennung in der Filiale ist zu Ende, sagt die Datenschutzbehörde in Hessen.',
    companies: []
  },
  {
    why: 'real and Post are words as well, but not among supermarkets and branches',
    lang: 'de',
    title: 'Strafanzeige gegen Real und Post wegen Gesichtsanalyse',
    text: 'Kameras in 40 Real-Märkten und in Filialen der Deutschen Post werten die Gesichter der Kunden aus. Ein Verein hat Strafanzeige erstattet.',
    companies: ['Real', 'Deutsche Post']
  },
  {
    why: 'Santa Cruz is the city of California that made the rule',
    title: 'Santa Cruz bans facial recognition',
    text: 'The ban on facial recognition in Santa Cruz passed on Tuesday by a unanimous vote.',
    places: ['US-CA/Santa Cruz']
  },
  {
    why: 'Welsh is of Wales',
    title: 'Welsh police sued over facial recognition',
    text: 'A woman has sued the Welsh police over facial recognition at a concert.',
    places: ['GB-WLS']
  },
  {
    why: 'de: sächsisch is of Saxony',
    lang: 'de',
    title: 'Sächsische Polizei darf Gesichter abgleichen, sagt Gericht',
    text: 'Die Gesichtserkennung der sächsischen Polizei ist rechtmäßig, hat das Verwaltungsgericht entschieden.',
    places: ['DE-SN']
  },
  {
    why: 'de: Brüssel stands for the Union as Brussels does',
    lang: 'de',
    title: 'Brüssel streitet über Gesichtserkennung',
    text: 'In Brüssel verhandeln die Mitgliedstaaten über ein Verbot der Gesichtserkennung.',
    places: ['EU']
  },
  {
    why: 'the Council of Europe is no body of the Union, nor a company',
    title: 'Council of Europe adopts guidelines on facial recognition',
    text: 'The guidelines of the Council of Europe tell its members to keep facial recognition within narrow bounds.',
    companies: [],
    places: []
  },
  {
    why: 'a country that only says where a city lies does not rule',
    title: 'Yonkers bans police use of facial recognition, a U.S. first for a city of its size',
    text: 'The city council of Yonkers voted on Tuesday to ban facial recognition. No U.S. city of its size had done so.',
    places: ['US-NY/Yonkers']
  },
  {
    why: 'pt: a politician’s party and state are no place of the story',
    lang: 'pt',
    title: 'Deputado propõe reconhecimento facial nos ônibus',
    text: 'O projeto de lei de Marcos Teles (PODE-SP), na Câmara dos Deputados, manda instalar reconhecimento facial nos ônibus.',
    places: ['BR']
  },
  {
    why: 'a city-state is its state',
    title: 'Singapore city council of tenants asks for law on facial recognition',
    text: 'A bill on facial recognition was introduced in the parliament of Singapore.',
    places: ['SG']
  },
  {
    why: 'the state behind "in" pins the city down',
    title: 'Zoo in Suzhou sued over facial recognition',
    text: 'A teacher has sued the zoo before a district court in Suzhou, in Jiangsu province, over facial recognition at the gate.',
    places: ['CN-JS/Suzhou']
  },
  {
    why: 'what is said of the last of a row of commissioners holds for the row',
    title: 'Mall owner broke privacy law, commissioners say',
    text: 'The privacy commissioner of Canada and the Alberta and B.C. commissioners found that the mall owner used facial recognition without consent.',
    places: ['CA', 'CA-AB', 'CA-BC']
  },
  {
    why: 'a legal form in small letters is one',
    title: 'Unions ask supermarket to switch off facial recognition',
    text: 'Staff at Wembridge Foods plc say that facial recognition scans them forty times a shift.',
    companies: ['Wembridge Foods']
  }
]

/** A company's own stop, or its return, is news of rules. */
const PAUSES: [string, string, string][] = [
  ['en', 'Dunelm pauses facial recognition in Leeds stores', 'Dunelm has paused facial recognition in three stores.'],
  ['en', 'Dunelm brings back facial recognition cameras', 'Shoppers will be checked against a watchlist again.'],
  [
    'es',
    'Caprabo reactiva el reconocimiento facial en sus tiendas',
    'La cadena reanuda el sistema contra los hurtos en ocho supermercados.'
  ],
  [
    'de',
    'Penny pausiert Gesichtserkennung in Filialen',
    'Die Kette hat die Gesichtserkennung in drei Märkten nach einer Verwechslung ausgesetzt.'
  ],
  [
    'fr',
    'Franprix suspend la reconnaissance faciale dans ses magasins',
    'L’enseigne met le dispositif en pause après une erreur.'
  ]
]

describe('names that stand for something else, or for more', () => {
  test.each(NAMED)('$why', ({ lang, title, text, companies, places, relevant }) => {
    const tags = tagger.tag({ title, text, lang: lang ?? 'en' })
    if (companies) expect([...tags.companies].sort()).toEqual([...companies].sort())
    if (places) expect([...tags.jurisdictions].sort()).toEqual([...places].sort())
    if (relevant !== undefined) expect(tags.relevant).toBe(relevant)
  })

  test.each(PAUSES)('%s: a company that stops or resumes: %s', (lang, title, text) => {
    expect(tagger.tag({ title, text, lang })).toMatchObject({ relevant: true, kind: 'company-policy' })
  })
})
