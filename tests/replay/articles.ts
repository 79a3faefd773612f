import type { ArchiveFeed } from '../../src/demo/archive.js'

/** One article of the replay: which feed brings it, when, which event it tells (null: none that anybody follows). */
export interface Told {
  feed: keyof typeof FEEDS
  date: string
  event: string | null
  title: string
  text: string
}

const FEEDS = {
  wire: { title: 'Northern Wire', kind: 'news', lang: 'en', format: 'rss' },
  courier: { title: 'Harbour Courier', kind: 'news', lang: 'en', format: 'atom' },
  ledger: { title: 'The Civic Ledger', kind: 'news', lang: 'en', format: 'json' },
  watch: { title: 'Lens Watch', kind: 'ngo', lang: 'en', format: 'rss' },
  garante: { title: 'Garante Privacy Notices', kind: 'regulator', lang: 'it', format: 'rss' },
  ico: { title: 'ICO Notices', kind: 'regulator', lang: 'en', format: 'atom' },
  blatt: { title: 'Morgenblatt', kind: 'news', lang: 'de', format: 'rss' },
  echo: { title: 'Écho du Soir', kind: 'news', lang: 'fr', format: 'rss' },
  faro: { title: 'El Faro Digital', kind: 'news', lang: 'es', format: 'atom' },
  voce: { title: 'La Voce Civica', kind: 'news', lang: 'it', format: 'rss' }
} as const satisfies Record<string, Omit<ArchiveFeed, 'items'>>

function told(feed: Told['feed'], date: string, event: string | null, title: string, text: string): Told {
  return { feed, date: `${date}:00Z`, event, title, text }
}

const MINNEAPOLIS_WIRE =
  'MINNEAPOLIS – The Minneapolis City Council voted unanimously on Friday to bar its police department from using facial recognition technology such as Clearview AI, joining Boston and Portland. The ordinance lets departments ask for exceptions, which the council must grant in public.'

const FINE_WIRE =
  'ROME – Italy’s data protection authority fined Clearview AI 20 million euros on Wednesday for scraping the faces of people in Italy without their consent, ordered the US company to delete the data and banned it from collecting more. Clearview said it has no place of business in Italy.'

/** Told by Italy and by Greece within months: two events. By two cities in one week: two events. */
export const ARTICLES: Told[] = [
  told(
    'wire',
    '2020-12-18T10:00',
    'new-orleans-ban',
    'New Orleans council bans facial recognition by police',
    'The New Orleans City Council approved an ordinance on Thursday that bans facial recognition, predictive policing and cell-site simulators for the city’s police.'
  ),
  told(
    'courier',
    '2020-12-18T13:00',
    'new-orleans-ban',
    'Police in New Orleans lose facial recognition as council votes for ban',
    'New Orleans council members voted six to one on Thursday for a surveillance ordinance that bans police use of facial recognition and predictive policing.'
  ),
  told(
    'watch',
    '2020-12-19T09:00',
    'new-orleans-ban',
    'A win in New Orleans: facial recognition banned',
    'The New Orleans City Council banned facial recognition for police on Thursday, after a campaign of two years by residents against predictive policing.'
  ),

  told(
    'wire',
    '2021-02-12T20:00',
    'minneapolis-ban',
    'Minneapolis bars police from using facial recognition',
    MINNEAPOLIS_WIRE
  ),
  told(
    'courier',
    '2021-02-12T22:00',
    'minneapolis-ban',
    'Minneapolis bans police facial recognition',
    MINNEAPOLIS_WIRE
  ),
  told(
    'ledger',
    '2021-02-13T08:00',
    'minneapolis-ban',
    'Minneapolis City Council unanimously bans facial recognition for police',
    'By a unanimous vote, the Minneapolis City Council on Friday passed an ordinance that prohibits the police from buying or using facial recognition technology, Clearview AI among it.'
  ),
  told(
    'blatt',
    '2021-02-13T09:30',
    'minneapolis-ban',
    'Minneapolis verbietet der Polizei Gesichtserkennung',
    'Der Stadtrat von Minneapolis hat am Freitag einstimmig beschlossen, der Polizei den Einsatz von Gesichtserkennung wie Clearview AI zu verbieten.'
  ),
  told(
    'faro',
    '2021-02-13T11:00',
    'minneapolis-ban',
    'Mineápolis prohíbe a su policía el reconocimiento facial',
    'El concejo municipal de Minneapolis aprobó por unanimidad el viernes una ordenanza que prohíbe a la policía usar reconocimiento facial como el de Clearview AI.'
  ),

  told(
    'ledger',
    '2021-02-10T15:00',
    'portland-maine',
    'Portland, Maine, adds penalties to its facial recognition ban',
    'In Portland, Maine, a stricter ban on facial recognition by city officials took effect this week: residents may now sue for 100 dollars a violation, after voters passed the referendum in November.'
  ),

  told(
    'wire',
    '2021-02-26T20:00',
    'illinois-settlement',
    'Judge approves $650 million settlement of Facebook face-tagging suit in Illinois',
    'A federal judge in California approved on Friday a 650 million dollar settlement of a class action that accused Facebook of collecting Illinois users’ face templates without consent under the state’s biometric privacy law, BIPA.'
  ),
  told(
    'ledger',
    '2021-02-27T07:00',
    'illinois-settlement',
    'Facebook’s $650m Illinois biometric settlement gets final approval',
    'Judge James Donato gave final approval to the 650 million dollar settlement between Facebook and 1.6 million Illinois users over its photo face-tagging and the Biometric Information Privacy Act.'
  ),
  told(
    'courier',
    '2021-02-27T09:00',
    'illinois-settlement',
    'Correction: Facebook to pay $650 million, not $550 million, in Illinois face-tagging settlement',
    'The settlement of the Illinois class action over Facebook’s face-tagging that Judge James Donato approved on Friday is 650 million dollars. An earlier version gave another amount.'
  ),
  told(
    'echo',
    '2021-02-27T12:00',
    'illinois-settlement',
    'Reconnaissance faciale : accord de 650 millions de dollars pour Facebook dans l’Illinois',
    'Un juge fédéral a approuvé vendredi l’accord de 650 millions de dollars entre Facebook et les utilisateurs de l’Illinois sur l’identification des visages dans les photos.'
  ),

  told(
    'wire',
    '2021-05-18T17:00',
    'amazon-extends',
    'Amazon extends its moratorium on police use of facial recognition',
    'Amazon said on Tuesday it is extending its moratorium on police use of its Rekognition facial recognition software until further notice. The one-year pause of June 2020 was about to end.'
  ),
  told(
    'ledger',
    '2021-05-18T19:00',
    'amazon-extends',
    'Amazon indefinitely extends ban on police use of its face recognition',
    'Amazon on Tuesday extended indefinitely its moratorium on police use of Rekognition, its facial recognition software, which it had announced for a year in June 2020.'
  ),
  told(
    'blatt',
    '2021-05-19T07:00',
    'amazon-extends',
    'Amazon verlängert Moratorium für Gesichtserkennung bei der Polizei',
    'Amazon verlängert auf unbestimmte Zeit das Moratorium, das der Polizei die Nutzung seiner Gesichtserkennung Rekognition verwehrt. Das Unternehmen teilte das am Dienstag mit.'
  ),
  told(
    'echo',
    '2021-05-19T08:00',
    'amazon-extends',
    'Amazon prolonge son moratoire sur la reconnaissance faciale pour la police',
    'Amazon a annoncé mardi prolonger jusqu’à nouvel ordre son moratoire sur l’utilisation par la police de son logiciel de reconnaissance faciale Rekognition.'
  ),

  told(
    'ledger',
    '2021-06-16T12:00',
    'maine-law',
    'Maine legislature weighs strict bill on government facial recognition',
    'A bill in the Maine legislature, LD 1585, would prohibit nearly all government use of facial recognition and require probable cause for police searches.'
  ),
  told(
    'wire',
    '2021-06-30T16:00',
    'maine-law',
    'Maine passes the strictest facial recognition law of any state',
    'Maine’s bill LD 1585, which prohibits nearly all government use of facial recognition, passed the Maine legislature unanimously and becomes law without the governor’s signature.'
  ),
  told(
    'courier',
    '2021-06-30T20:00',
    'maine-law',
    'Maine enacts law that limits facial recognition by government',
    'The Maine legislature unanimously passed LD 1585, a law that prohibits nearly all government use of facial recognition and takes effect in October.'
  ),
  told(
    'watch',
    '2021-07-01T08:00',
    'maine-law',
    'Maine passes facial recognition law without a vote against it',
    'LD 1585 passed in Maine: the law prohibits government use of facial recognition but for serious crimes with probable cause.'
  ),

  told(
    'wire',
    '2021-10-06T15:00',
    'eu-resolution',
    'European Parliament calls for ban on police facial recognition in public',
    'The European Parliament on Wednesday adopted a resolution, by 377 votes to 248, that calls for a ban on automated facial recognition by police in public spaces and on private databases such as Clearview AI’s.'
  ),
  told(
    'blatt',
    '2021-10-06T17:00',
    'eu-resolution',
    'EU-Parlament fordert Verbot von Gesichtserkennung im öffentlichen Raum',
    'Das Europäische Parlament hat am Mittwoch mit 377 zu 248 Stimmen eine Resolution für ein Verbot der automatischen Gesichtserkennung durch die Polizei im öffentlichen Raum angenommen.'
  ),
  told(
    'echo',
    '2021-10-06T18:00',
    'eu-resolution',
    'Le Parlement européen demande l’interdiction de la reconnaissance faciale policière',
    'Le Parlement européen a adopté mercredi, par 377 voix contre 248, une résolution qui demande d’interdire la reconnaissance faciale automatisée par la police dans l’espace public.'
  ),
  told(
    'faro',
    '2021-10-06T19:00',
    'eu-resolution',
    'El Parlamento Europeo pide prohibir el reconocimiento facial policial',
    'El Parlamento Europeo aprobó el miércoles, por 377 votos contra 248, una resolución que pide prohibir el reconocimiento facial automático de la policía en espacios públicos.'
  ),

  told(
    'wire',
    '2021-11-02T17:00',
    'meta-shutdown',
    'Facebook to shut down its face recognition system and delete a billion templates',
    'Facebook’s parent Meta said on Tuesday it will shut down the face recognition system of Facebook and delete the templates of more than a billion people, citing growing concerns and unclear rules.'
  ),
  told(
    'ledger',
    '2021-11-02T18:30',
    'meta-shutdown',
    'Meta shuts down Facebook face recognition',
    'Meta will shut down Facebook’s face recognition system within weeks and delete more than one billion face templates, its artificial intelligence chief Jerome Pesenti wrote on Tuesday.'
  ),
  told(
    'voce',
    '2021-11-03T07:00',
    'meta-shutdown',
    'Facebook spegne il riconoscimento facciale e cancella un miliardo di volti',
    'Meta ha annunciato martedì che spegnerà il sistema di riconoscimento facciale di Facebook e cancellerà i modelli di oltre un miliardo di persone.'
  ),
  told(
    'faro',
    '2021-11-03T08:00',
    'meta-shutdown',
    'Facebook cerrará su sistema de reconocimiento facial',
    'Meta anunció el martes que cerrará el sistema de reconocimiento facial de Facebook y borrará las plantillas de más de mil millones de personas.'
  ),

  told(
    'wire',
    '2022-02-14T18:00',
    'texas-meta',
    'Texas sues Meta over facial recognition in Facebook photos',
    'Texas attorney general Ken Paxton sued Meta on Monday, saying Facebook captured the facial geometry of millions of Texans without consent, against the state’s biometric law.'
  ),
  told(
    'ledger',
    '2022-02-14T20:00',
    'texas-meta',
    'Texas attorney general sues Facebook parent Meta over face recognition',
    'Ken Paxton, attorney general of Texas, filed a suit on Monday that accuses Meta of capturing biometric identifiers of millions of Texans through Facebook’s facial recognition.'
  ),
  told(
    'courier',
    '2022-02-15T07:00',
    'texas-meta',
    'Texas takes Meta to court over biometric data of millions',
    'The lawsuit that Texas attorney general Ken Paxton filed against Meta on Monday says Facebook’s facial recognition took biometric identifiers of millions of Texans without asking.'
  ),

  told(
    'garante',
    '2022-03-09T10:00',
    'italy-fine',
    'Riconoscimento facciale: il Garante privacy sanziona Clearview per 20 milioni di euro',
    'Il Garante per la protezione dei dati personali ha sanzionato Clearview AI per 20 milioni di euro: vietata la raccolta e ordinata la cancellazione dei dati biometrici di persone in Italia.'
  ),
  told('wire', '2022-03-09T12:00', 'italy-fine', 'Italy fines Clearview AI 20 million euros', FINE_WIRE),
  told(
    'courier',
    '2022-03-09T13:00',
    'italy-fine',
    'Clearview AI hit with Italian fine of 20 million euros',
    FINE_WIRE
  ),
  told(
    'voce',
    '2022-03-09T14:00',
    'italy-fine',
    'Clearview, multa da 20 milioni di euro dal Garante privacy',
    'Il Garante privacy ha inflitto a Clearview AI una multa di 20 milioni di euro per la raccolta di volti di persone in Italia senza consenso.'
  ),
  told(
    'echo',
    '2022-03-09T16:00',
    'italy-fine',
    'L’Italie inflige une amende de 20 millions d’euros à Clearview AI',
    'L’autorité italienne de protection des données a infligé mercredi une amende de 20 millions d’euros à Clearview AI pour sa base de visages et lui ordonne d’effacer les données.'
  ),

  told(
    'ico',
    '2022-05-23T09:00',
    'uk-fine',
    'ICO fines facial recognition database company Clearview AI Inc more than £7.5m',
    'The Information Commissioner’s Office has fined Clearview AI Inc £7,552,800 for using images of people in the UK, collected from the web, for facial recognition, and orders it to delete the data of UK residents.'
  ),
  told(
    'wire',
    '2022-05-23T11:00',
    'uk-fine',
    'UK watchdog fines Clearview AI 7.5 million pounds',
    'Britain’s Information Commissioner’s Office fined Clearview AI 7.5 million pounds on Monday for collecting images of people in the UK for facial recognition and told it to delete the data of residents.'
  ),
  told(
    'ledger',
    '2022-05-23T12:30',
    'uk-fine',
    'Clearview AI fined £7.5m by UK privacy watchdog',
    'The UK’s Information Commissioner’s Office has fined Clearview AI £7.5m and ordered it to delete the data of UK residents from its facial recognition database.'
  ),
  told(
    'blatt',
    '2022-05-23T15:00',
    'uk-fine',
    'Britische Datenschutzbehörde verhängt 7,5 Millionen Pfund Strafe gegen Clearview AI',
    'Die britische Datenschutzbehörde ICO hat Clearview AI am Montag mit einer Strafe von 7,5 Millionen Pfund belegt und die Löschung der Daten britischer Einwohner angeordnet.'
  ),

  told(
    'wire',
    '2022-06-21T16:00',
    'microsoft-retires',
    'Microsoft retires facial analysis that claims to read emotions',
    'Microsoft said on Tuesday it will retire facial recognition features that claim to infer emotion, gender and age, and limit access to its Azure Face service.'
  ),
  told(
    'ledger',
    '2022-06-21T18:00',
    'microsoft-retires',
    'Microsoft limits access to its facial recognition and drops emotion reading',
    'Under a new standard for responsible AI, Microsoft on Tuesday limited access to Azure Face, its facial recognition service, and will retire features that infer emotion, gender and age.'
  ),
  told(
    'echo',
    '2022-06-22T07:00',
    'microsoft-retires',
    'Microsoft restreint sa reconnaissance faciale et abandonne l’analyse des émotions',
    'Microsoft a annoncé mardi restreindre l’accès à Azure Face, son service de reconnaissance faciale, et retirer les fonctions qui prétendent lire les émotions, le genre et l’âge.'
  ),

  told(
    'wire',
    '2022-07-13T13:00',
    'greece-fine',
    'Greece fines Clearview AI 20 million euros',
    'Greece’s Hellenic Data Protection Authority fined Clearview AI 20 million euros on Wednesday, its largest penalty, and banned the company from collecting faces of people in Greece.'
  ),
  told(
    'ledger',
    '2022-07-13T15:00',
    'greece-fine',
    'Greek watchdog fines Clearview AI €20 million',
    'The Hellenic Data Protection Authority has fined Clearview AI 20 million euros, the largest penalty it ever imposed, after a complaint by Homo Digitalis, and banned it from processing faces in Greece.'
  ),
  told(
    'blatt',
    '2022-07-13T17:00',
    'greece-fine',
    'Griechenland: 20 Millionen Euro Strafe für Clearview AI',
    'Die griechische Datenschutzbehörde hat am Mittwoch gegen Clearview AI eine Strafe von 20 Millionen Euro verhängt, die höchste ihrer Geschichte, nach einer Beschwerde von Homo Digitalis.'
  ),

  told(
    'wire',
    '2022-07-21T22:00',
    'new-orleans-repeal',
    'New Orleans rolls back its ban on facial recognition',
    'The New Orleans City Council voted four to two on Thursday to let police use facial recognition again in cases of violent crime, undoing much of the ban of 2020.'
  ),
  told(
    'courier',
    '2022-07-22T07:00',
    'new-orleans-repeal',
    'New Orleans council lifts ban on police facial recognition',
    'Police in New Orleans may use facial recognition again for violent crimes: the City Council voted four to two on Thursday to undo the ban that it passed in 2020.'
  ),
  told(
    'watch',
    '2022-07-22T09:00',
    'new-orleans-repeal',
    'New Orleans undoes its facial recognition ban',
    'With four votes to two the New Orleans City Council on Thursday rolled back the ban on facial recognition by police, for violent crimes.'
  ),

  told(
    'wire',
    '2021-01-11T09:00',
    null,
    'New phone opens in half a second with improved face unlock',
    'The handset maker says its camera sees its owner in the dark.'
  ),
  told(
    'courier',
    '2021-03-03T09:00',
    null,
    'Ferry timetable changes for the summer',
    'Boats leave every half hour from Easter on.'
  ),
  told(
    'ledger',
    '2021-04-09T09:00',
    null,
    'Council raises parking fees',
    'An hour in the centre will cost a euro more.'
  ),
  told(
    'blatt',
    '2021-07-20T09:00',
    null,
    'Neue Kunsthalle zeigt Porträts',
    'Gesichter aus drei Jahrhunderten hängen bis Herbst im Erdgeschoss.'
  ),
  told(
    'echo',
    '2021-08-02T09:00',
    null,
    'Un masque de beauté à l’argile pour l’été',
    'Trois recettes pour le visage, à faire chez soi.'
  ),
  told(
    'faro',
    '2021-09-14T09:00',
    null,
    'El equipo local gana con dos goles en el descuento',
    'El entrenador habló de la cara de sus jugadores.'
  ),
  told('voce', '2022-01-17T09:00', null, 'Il mercato riapre dopo i lavori', 'I banchi tornano in piazza da lunedì.'),
  told(
    'wire',
    '2022-04-04T09:00',
    null,
    'Actor tells of the surgery that changed her face',
    'The star of two series says fans still know her.'
  ),
  told('courier', '2022-05-05T09:00', null, 'Bakery wins prize for its rye bread', 'The judges praised the crust.'),
  told(
    'ledger',
    '2022-06-06T09:00',
    null,
    'City library lends tools as well as books',
    'Drills and ladders may be kept for a week.'
  )
]

/** The feeds as the archive server serves them. */
export function replayFeeds(): ArchiveFeed[] {
  return Object.entries(FEEDS).map(([key, feed]) => ({
    ...feed,
    items: ARTICLES.filter((article) => article.feed === key)
      .sort((a, b) => a.date.localeCompare(b.date))
      .map(({ date, title, text }) => ({ date, title, text }))
  }))
}
