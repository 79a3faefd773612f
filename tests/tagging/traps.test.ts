import { describe, expect, test } from '@jest/globals'
import { loadTagger } from '../../src/tagging/index.js'

const tagger = loadTagger()

interface Trap {
  why: string
  /** English where it is not told. */
  lang?: string
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
    why: 'es: Nueva York is no York, and the state where its agencies speak',
    lang: 'es',
    title: 'Nueva York prohíbe el reconocimiento facial en las escuelas',
    text: 'El Departamento de Educación del estado de Nueva York prohibió el reconocimiento facial en las escuelas.',
    places: ['US-NY'],
    notPlaces: ['GB/York']
  },
  {
    why: 'fr: la Colombie-Britannique n’est ni la Colombie ni britannique',
    lang: 'fr',
    title: 'Colombie-Britannique : le commissaire blâme quatre magasins',
    text: 'Le commissaire à la vie privée de la Colombie-Britannique juge illégale la reconnaissance faciale dans quatre magasins.',
    places: ['CA-BC'],
    notPlaces: ['CO', 'GB']
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
  },
  {
    why: 'the name of an office makes a person of a town',
    title: 'Senators Warren and Casey press grocer over facial recognition',
    text: 'Senators Warren and Casey asked a grocer in a letter whether it will use facial recognition. Congress should act, they say.',
    notPlaces: ['US-MI/Warren', 'US-MI']
  },
  {
    why: 'the seat of a state government, in a story of lawmakers',
    title: 'Bill on facial recognition stopped in Sacramento',
    text: 'Lawmakers of the Assembly let a bill die that would have allowed police facial recognition. The governor had no view on it.',
    places: ['US-CA'],
    notPlaces: ['US-CA/Sacramento']
  },
  {
    why: 'the same city, in a story of its own council',
    title: 'Sacramento council bans facial recognition',
    text: 'The Sacramento City Council voted on Tuesday for an ordinance that bars police from facial recognition, the mayor said.',
    places: ['US-CA/Sacramento']
  },
  {
    why: "lawmakers in Washington are the nation's",
    title: 'Microsoft asks lawmakers in Washington for facial recognition law',
    text: 'The company from Redmond wants Congress to regulate facial recognition nationwide, its president said.',
    places: ['US'],
    notPlaces: ['US-WA', 'US-WA/Redmond']
  },
  {
    why: 'a body of two countries is that of the country that the story speaks like',
    lang: 'de',
    title: 'Nationalrat lehnt Verbot der Gesichtserkennung ab',
    text: 'Die grosse Kammer hat einen Vorstoss aus der SP verworfen, der biometrische Fernidentifizierung untersagen wollte. Bundesrat Beat Jans riet davon ab.',
    places: ['CH'],
    notPlaces: ['AT', 'DE']
  },
  {
    why: 'and of the other country in the other story',
    lang: 'de',
    title: 'Karner will Gesichtserkennung für die Polizei',
    text: 'Der Innenminister legt im Nationalrat eine Novelle zum Sicherheitspolizeigesetz vor. NEOS und FPÖ sind dagegen.',
    places: ['AT'],
    notPlaces: ['CH', 'DE']
  },
  {
    why: 'a body of no country in Belgian news',
    lang: 'fr',
    title: 'Reconnaissance faciale : le ministre de l’Intérieur prépare une loi',
    text: 'Bernard Quintin veut un cadre légal pour la reconnaissance faciale par la police. L’Organe de contrôle et la Ligue des droits humains demandent des garanties.',
    places: ['BE'],
    notPlaces: ['FR']
  },
  {
    why: 'other parts of the body are no facial recognition',
    title: 'Data agency halts iris scans for tokens',
    text: 'The privacy regulator ordered the company to stop scanning the irises of people who queue for tokens, and fined it.',
    relevant: false
  },
  {
    why: 'a suspect found is no rule',
    title: 'Facial recognition leads police to robbery suspect',
    text: 'Detectives ran a still from a camera through facial recognition software and arrested a man within hours, police said.',
    relevant: false
  },
  {
    why: "a stadium that bears a company's name",
    title: 'Western Australia rules out law on cameras at Optus Stadium',
    text: 'The state government will not regulate facial recognition at Optus Stadium in Perth, the attorney-general told parliament.',
    notCompanies: ['Optus']
  },
  {
    why: "a district that bears a company's name",
    title: 'Clearview school board puts bond on ballot',
    text: 'Voters in the Clearview district will decide on a new roof for the high school.',
    notCompanies: ['Clearview AI'],
    relevant: false
  },
  {
    why: 'a plaintiff is no company',
    title: 'Detroit settles with Robert Williams over facial recognition arrest',
    text: 'The city will pay Robert Williams, who was arrested after a false facial recognition match, to end his lawsuit.',
    notCompanies: ['Robert Williams']
  },
  {
    why: 'a retailer in a headline without its trade',
    title: 'Target ends test of facial recognition',
    text: 'Target has ended a pilot that compared shoppers with known thieves in its stores, a spokesperson for the retailer said.',
    companies: ['Target']
  },
  {
    why: 'a company that nobody knows, by its trade',
    title: 'Fine for grocer over facial recognition',
    text: 'The Information Commissioner has fined the supermarket chain Halbrook Grocers for facial recognition at its doors. Halbrook Grocers will appeal.',
    companies: ['Halbrook Grocers']
  },
  {
    why: 'the same in German, past the word for its trade',
    lang: 'de',
    title: 'Bußgeld wegen Gesichtserkennung im Laden',
    text: 'Gegen den Modehändler Brakelmann GmbH hat der Datenschutzbeauftragte ein Bußgeld verhängt. Der Modehändler Brakelmann hatte Kunden mit Gesichtserkennung erfasst.',
    companies: ['Brakelmann']
  },
  {
    why: 'a company named after a town, told again by the town’s name alone',
    title: 'Regulator bars grocer Halden Markets from scanning faces',
    text: 'The Federal Trade Commission has forbidden Halden Markets to use facial recognition. Halden, which runs ninety shops, settled.',
    companies: ['Halden Markets'],
    notPlaces: ['NO/Halden']
  },
  {
    why: 'a town of a country that nobody speaks of, whose name is a word',
    title: 'Sao Paulo Metro must switch off facial recognition, judge rules',
    text: 'The Metro of Brazil’s largest city may no longer scan the faces of its passengers, a judge said.',
    notPlaces: ['ID/Metro']
  },
  {
    why: 'a part of England that is no county, and a village of its name elsewhere',
    title: 'Sussex Police to trial live facial recognition on the seafront',
    text: 'Sussex Police said that it would publish a policy on live facial recognition first.',
    places: ['GB'],
    notPlaces: ['US-WI/Sussex']
  },
  {
    why: 'de: a genitive has no apostrophe',
    lang: 'de',
    title: 'Sachsens Innenminister stoppt Gesichtserkennung',
    text: 'Der Minister nahm die Kameras der Polizei am Montag vom Netz. Hamburgs Polizei nutzt solche Technik nicht.',
    places: ['DE-SN'],
    notPlaces: ['DE-ST']
  },
  {
    why: 'pt: a legal form of letters and stops is no part of the name',
    lang: 'pt',
    title: 'Estado é processado por reconhecimento facial em escolas',
    text: 'O Ministério Público processou a empresa Rostovia Sistemas S.A. por usar reconhecimento facial em escolas do Paraná.',
    companies: ['Rostovia Sistemas'],
    notCompanies: ['Rostovia Sistemas S', 'Rostovia Sistemas S.A']
  },
  {
    why: 'nl: a party is no company, and the AP is the Dutch authority',
    lang: 'nl',
    title: 'Supermarkt gewaarschuwd voor gezichtsherkenning, meldt de AP',
    text: 'Een supermarkt mag de gezichten van klanten niet vergelijken. GroenLinks-PvdA wil dat de AP meer winkels onderzoekt.',
    places: ['NL'],
    notCompanies: ['GroenLinks-PvdA', 'PvdA']
  }
]

describe('traps that tags have fallen into', () => {
  test.each(TRAPS)('$why', ({ lang = 'en', title, text, companies, notCompanies, places, notPlaces, relevant }) => {
    const tags = tagger.tag({ title, text, lang })
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
