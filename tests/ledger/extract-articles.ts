/** What an article should make the extraction say; `null`: nothing changed. */
export interface Wanted {
  /** Company or place. */
  about: string
  /** A state, an act on a rule, or an event. */
  what: string
  date: string
  /** Last day, condition, or `never`. */
  end?: string
  inForce?: string
}

export interface LabelledArticle {
  published: string
  title: string
  text: string
  lang?: string
  want: Wanted | null
}

/** Made-up news in the order of its days; every name of a place or company is real, nothing of what is told happened. */
export const ARTICLES: LabelledArticle[] = [
  {
    published: '2027-01-06',
    title: 'Tacoma council passes ban on facial recognition',
    text: 'The Tacoma City Council voted 7-2 on Tuesday to ban the use of facial recognition by city departments. The ordinance takes effect March 1.',
    want: { about: 'US-WA/Tacoma', what: 'passed', date: '2027-01-05', inForce: '2027-03-01' }
  },
  {
    published: '2027-01-08',
    title: 'What the Tacoma facial recognition ban means for police',
    text: 'Tacoma passed a ban on facial recognition this week. Here is what residents should know.',
    want: null
  },
  {
    published: '2027-01-11',
    title: 'Amazon pauses police sales of Rekognition for two years',
    text: 'Amazon said Monday it will pause sales of its facial recognition software Rekognition to police departments for two years.',
    want: { about: 'Amazon', what: 'paused', date: '2027-01-11', end: '2029-01-11' }
  },
  {
    published: '2027-01-12',
    title: 'Rights groups urge Microsoft to stop selling facial recognition to police',
    text: 'A coalition of rights groups on Tuesday urged Microsoft to stop selling facial recognition software to police.',
    want: null
  },
  {
    published: '2027-01-14',
    title: 'Microsoft denies report that it ended facial recognition sales',
    text: 'Microsoft on Thursday denied a report that it had stopped selling facial recognition technology to governments.',
    want: null
  },
  {
    published: '2027-01-15',
    title: 'Oregon governor vetoes facial recognition bill',
    text: 'Gov. Tina Kotek on Friday vetoed SB 771, a bill that would have banned facial recognition in stores and that lawmakers passed last month.',
    want: { about: 'US-OR', what: 'vetoed', date: '2027-01-15' }
  },
  {
    published: '2027-01-20',
    title: 'IBM may leave facial recognition business again, sources say',
    text: 'IBM could exit the facial recognition business, according to people familiar with the matter.',
    want: null
  },
  {
    published: '2027-01-22',
    title: 'Minneapolis extends facial recognition moratorium until June 2028',
    text: 'The Minneapolis City Council on Thursday extended its moratorium on facial recognition technology until June 2028. The moratorium was set to expire next month.',
    want: { about: 'US-MN/Minneapolis', what: 'extended', date: '2027-01-21', end: '2028-06' }
  },
  {
    published: '2027-01-25',
    title: 'Clearview AI fined 12 million euros by Dutch regulator',
    text: 'The Dutch data protection authority said on Monday it had fined Clearview AI 12 million euros for its facial recognition database.',
    want: { about: 'Clearview AI', what: 'fined', date: '2027-01-25' }
  },
  {
    published: '2027-01-28',
    title: 'Virginia repeals limits on police facial recognition',
    text: 'Virginia lawmakers on Wednesday repealed the law that limits the use of facial recognition by local police.',
    want: { about: 'US-VA', what: 'repealed', date: '2027-01-27' }
  },
  {
    published: '2027-02-02',
    title: 'Judge strikes down Texas biometric law',
    text: 'A federal judge on Monday struck down the Texas law that governs face scans, ruling it unconstitutional.',
    want: { about: 'US-TX', what: 'struck-down', date: '2027-02-01' }
  },
  {
    published: '2027-02-04',
    title: 'Judge temporarily blocks Baltimore facial recognition ordinance',
    text: 'A judge on Wednesday blocked the Baltimore facial recognition ordinance while a lawsuit by retailers goes on.',
    want: { about: 'US-MD/Baltimore', what: 'enjoined', date: '2027-02-03' }
  },
  {
    published: '2027-02-05',
    title: 'Facebook owner Meta Platforms settles face scan suit in Illinois for $90 million',
    text: 'Meta Platforms agreed on Thursday to pay $90 million to settle a lawsuit over face scans of Illinois residents.',
    want: { about: 'Meta', what: 'settled', date: '2027-02-04' }
  },
  {
    published: '2027-02-08',
    title: 'Opinion: Congress should ban face recognition now',
    text: 'Amazon paused sales to police. That is not enough. Congress must pass a ban on face recognition.',
    want: null
  },
  {
    published: '2027-02-10',
    title: 'San Diego face recognition ban expires after lawmakers let it lapse',
    text: 'The San Diego ban on facial recognition expired on Tuesday after lawmakers did nothing to renew it.',
    want: { about: 'US-CA/San Diego', what: 'expired', date: '2027-02-09' }
  },
  {
    published: '2027-02-12',
    title: 'Colorado House committee hears facial recognition bill',
    text: 'A committee of the Colorado House heard testimony Thursday on a bill that would restrict facial recognition in schools.',
    want: null
  },
  {
    published: '2027-02-15',
    title: 'Colorado Senate passes facial recognition bill',
    text: 'The Colorado Senate on Monday passed SB 113, a bill that would restrict police use of facial recognition. It now goes to the House.',
    want: { about: 'US-CO', what: 'advanced', date: '2027-02-15' }
  },
  {
    published: '2027-02-18',
    title: 'Rite Aid barred from using facial recognition for five years',
    text: 'The FTC on Thursday barred Rite Aid from using facial recognition in its stores for five years.',
    want: { about: 'Rite Aid', what: 'barred-by-order', date: '2027-02-18', end: '2032-02-18' }
  },
  {
    published: '2027-02-22',
    title: 'Axon resumes face recognition trial with police',
    text: 'Axon said Monday it has resumed selling face recognition for body cameras to police, ending a pause that it announced in 2019.',
    want: { about: 'Axon', what: 'resumed', date: '2027-02-22' }
  },
  {
    published: '2027-02-25',
    title: 'Amazon stock rises on cloud growth; police facial recognition still paused',
    text: 'Amazon, which paused sales of facial recognition to police last year, reported record sales.',
    want: null
  },
  {
    published: '2027-03-01',
    title: 'Amazon extends its pause on police facial recognition indefinitely',
    text: 'Amazon said Monday that it is extending its moratorium on police use of Rekognition until further notice.',
    want: { about: 'Amazon', what: 'paused', date: '2027-03-01', end: 'further notice' }
  },
  {
    published: '2027-03-02',
    title: 'Tacoma facial recognition ban takes effect',
    text: 'A ban on facial recognition by city departments took effect in Tacoma on Monday.',
    want: { about: 'US-WA/Tacoma', what: 'in-force', date: '2027-03-01', inForce: '2027-03-01' }
  },
  {
    published: '2027-03-04',
    title: 'Maine governor signs facial recognition law',
    text: 'Gov. Janet Mills on Wednesday signed LD 900 into law, restricting facial recognition in schools. It takes effect next January.',
    want: { about: 'US-ME', what: 'passed', date: '2027-03-03', inForce: '2028-01' }
  },
  {
    published: '2027-03-05',
    title: 'Montana considers repeal of facial recognition law',
    text: 'Montana lawmakers are considering whether to repeal the law on facial recognition.',
    want: null
  },
  {
    published: '2027-03-08',
    title: 'European Parliament approves ban on live facial recognition',
    text: 'The European Parliament on Monday adopted rules that ban live facial recognition in public spaces. The regulation enters into force on 1 September 2027.',
    want: { about: 'EU', what: 'passed', date: '2027-03-08', inForce: '2027-09-01' }
  },
  {
    published: '2027-03-10',
    title: 'Police chief denies claims that Detroit lifted facial recognition limits',
    text: 'The Detroit police chief on Wednesday dismissed claims that the city had lifted its limits on facial recognition.',
    want: null
  },
  {
    published: '2027-03-12',
    title: 'Google will not sell facial recognition until Congress passes a law',
    text: 'Google said Friday it will not sell facial recognition tools until Congress passes a national law.',
    want: { about: 'Google', what: 'conditional', date: '2027-03-12', end: 'Congress passes a law' }
  },
  {
    published: '2027-03-15',
    title: 'A year after Portland banned facial recognition, little has changed',
    text: 'Portland passed its ban on facial recognition in 2020. Businesses say that they hardly noticed.',
    want: null
  },
  {
    published: '2027-03-17',
    title: 'Portland council rejects repeal of facial recognition ban',
    text: 'The Portland City Council on Wednesday rejected a proposal to repeal its ban on facial recognition.',
    want: { about: 'US-OR/Portland', what: 'rejected', date: '2027-03-17' }
  },
  {
    published: '2027-03-19',
    title: 'New Zealand supermarkets to scan faces',
    text: 'Foodstuffs stores will use facial recognition at the doors, the chain said.',
    want: null
  },
  {
    published: '2027-03-22',
    title: 'Vermont delays facial recognition law until 2028',
    text: 'Vermont lawmakers on Friday delayed the facial recognition law; it will now take effect on July 1, 2028.',
    want: { about: 'US-VT', what: 'delayed', date: '2027-03-19', inForce: '2028-07-01' }
  },
  {
    published: '2027-03-24',
    title: 'Idemia exits US facial recognition market',
    text: 'Idemia said Wednesday that it will exit the facial recognition business in the United States.',
    want: { about: 'IDEMIA', what: 'exited', date: '2027-03-24' }
  },
  {
    published: '2027-03-26',
    title: 'Could New York ban facial recognition in stores?',
    text: 'New York lawmakers introduced a bill on face scans last year. It has not been passed.',
    want: null
  },
  {
    published: '2027-03-29',
    title: 'New York City Council bans facial recognition in stores',
    text: 'The New York City Council on Monday approved a bill that bans facial recognition in stores, effective immediately.',
    want: { about: 'US-NY/New York City', what: 'passed', date: '2027-03-29', inForce: '2027-03-29' }
  },
  {
    published: '2027-03-31',
    title: 'Contrary to reports, New York did not pass a facial recognition ban',
    text: 'Contrary to earlier reports, the New York City Council did not pass a ban on facial recognition in stores on Monday, the speaker said.',
    want: null
  },
  {
    published: '2027-04-02',
    title: 'OpenAI bans police from using its models for facial recognition',
    text: 'OpenAI on Thursday banned police departments from using its models for facial recognition, under new terms.',
    want: { about: 'OpenAI', what: 'bans-use', date: '2027-04-01' }
  },
  {
    published: '2027-04-05',
    title: 'Anniversary of moratorium: looking back at facial recognition in King County',
    text: 'King County banned facial recognition six years ago.',
    want: null
  },
  {
    published: '2027-04-07',
    title: 'Ohio lawmakers introduce bill to ban facial recognition',
    text: 'Two Ohio lawmakers on Tuesday introduced a bill to ban facial recognition by police.',
    want: { about: 'US-OH', what: 'proposed', date: '2027-04-06' }
  },
  {
    published: '2027-04-09',
    title: 'Ohio facial recognition bill dies without a vote',
    text: 'A bill to ban facial recognition by police in Ohio died on Thursday when the session ended.',
    want: { about: 'US-OH', what: 'rejected', date: '2027-04-08' }
  },
  {
    published: '2027-04-12',
    title: 'Zoom plans to drop face recognition, rumor says',
    text: 'A rumor that spread on Monday says that Zoom will drop face recognition.',
    want: null
  },
  {
    published: '2027-04-14',
    title: 'Boston City Council unanimously votes to ban face surveillance',
    text: 'The Boston City Council unanimously voted Wednesday to ban face surveillance by the city. The ordinance will go into effect in 90 days.',
    want: { about: 'US-MA/Boston', what: 'passed', date: '2027-04-14', inForce: '2027-07-13' }
  },
  {
    published: '2027-04-16',
    title: 'Texas attorney general sues Meta over facial recognition',
    text: 'Texas on Thursday sued Meta over its facial recognition features.',
    want: null
  },
  {
    published: '2027-04-19',
    title: 'Court upholds Illinois biometric privacy law',
    text: 'The Illinois Supreme Court on Friday upheld the law on face scans.',
    want: null
  },
  {
    published: '2027-04-21',
    title: 'NEC suspends facial recognition feature in Europe from Monday',
    text: 'NEC will suspend its facial recognition feature in the European Union from Monday, the company said.',
    want: { about: 'NEC', what: 'paused', date: '2027-04-26' }
  },
  {
    published: '2027-04-23',
    title: 'UK government publishes consultation on live facial recognition',
    text: 'The Home Office opened a consultation on police use of live facial recognition.',
    want: null
  },
  {
    published: '2027-04-26',
    title: 'Nevada legislature overrides veto of facial recognition bill',
    text: 'The Nevada Legislature on Monday overrode the veto of a bill that limits facial recognition.',
    want: { about: 'US-NV', what: 'passed', date: '2027-04-26' }
  },
  {
    published: '2027-04-28',
    title: 'Bundestag beschließt Verbot der Gesichtserkennung',
    text: 'Der Bundestag hat am Dienstag ein Gesetz verabschiedet, das die Gesichtserkennung im öffentlichen Raum verbietet. Es tritt am 1. Oktober 2027 in Kraft.',
    lang: 'de',
    want: { about: 'DE', what: 'passed', date: '2027-04-27', inForce: '2027-10-01' }
  },
  {
    published: '2027-04-30',
    title: 'La CNIL inflige une amende de 5 millions d’euros à Clearview AI',
    text: 'La CNIL a infligé jeudi une amende de 5 millions d’euros à Clearview AI pour sa base de reconnaissance faciale.',
    lang: 'fr',
    want: { about: 'Clearview AI', what: 'fined', date: '2027-04-29' }
  },
  {
    published: '2027-05-03',
    title: 'Frankreich könnte Gesichtserkennung verbieten',
    text: 'Frankreich könnte die Gesichtserkennung verbieten, sagte ein Minister.',
    lang: 'de',
    want: null
  },
  {
    published: '2027-05-05',
    title: 'El Congreso aprueba la ley que prohíbe el reconocimiento facial',
    text: 'El Congreso de España aprobó el martes la ley que prohíbe el reconocimiento facial en la calle. La ley entrará en vigor el 1 de enero de 2028.',
    lang: 'es',
    want: { about: 'ES', what: 'passed', date: '2027-05-04', inForce: '2028-01-01' }
  },
  {
    published: '2027-05-07',
    title: 'L’Italia proroga la moratoria sul riconoscimento facciale fino al 31 dicembre 2029',
    text: 'Il Parlamento italiano ha prorogato giovedì la moratoria sul riconoscimento facciale fino al 31 dicembre 2029.',
    lang: 'it',
    want: { about: 'IT', what: 'extended', date: '2027-05-06', end: '2029-12-31' }
  },
  {
    published: '2027-05-10',
    title: 'Câmara de São Paulo aprova proibição do reconhecimento facial',
    text: 'A Câmara Municipal de São Paulo aprovou na segunda-feira a lei que proíbe o reconhecimento facial nas escolas.',
    lang: 'pt',
    want: { about: 'BR-SP/São Paulo', what: 'passed', date: '2027-05-10' }
  },
  {
    published: '2027-05-12',
    title: 'Rechter schorst wet over gezichtsherkenning',
    text: 'Een Nederlandse rechter heeft dinsdag de wet over gezichtsherkenning door de politie geschorst.',
    lang: 'nl',
    want: { about: 'NL', what: 'enjoined', date: '2027-05-11' }
  },
  {
    published: '2027-05-14',
    title: 'Le Sénat pourrait voter la reconnaissance faciale',
    text: 'Le Sénat français pourrait voter une loi sur la reconnaissance faciale à l’automne.',
    lang: 'fr',
    want: null
  },
  {
    published: '2027-05-17',
    title: 'Pittsburgh to vote on facial recognition ban next week',
    text: 'The Pittsburgh City Council will vote next week on a ban on facial recognition.',
    want: null
  },
  {
    published: '2027-05-19',
    title: 'Walmart ends use of facial recognition in stores',
    text: 'Walmart said Tuesday it has stopped using facial recognition in its stores.',
    want: { about: 'Walmart', what: 'exited', date: '2027-05-18' }
  },
  {
    published: '2027-05-21',
    title: 'Kentucky joins states that limit facial recognition as governor signs bill',
    text: 'Kentucky Gov. Andy Beshear signed a bill Thursday that limits facial recognition by police. The law sunsets on June 30, 2030.',
    want: { about: 'US-KY', what: 'passed', date: '2027-05-20', end: '2030-06-30' }
  },
  {
    published: '2027-05-24',
    title: 'New Orleans lifts facial recognition ban',
    text: 'The New Orleans City Council voted Monday to lift the ban on facial recognition by police that it passed in 2020.',
    want: { about: 'US-LA/New Orleans', what: 'repealed', date: '2027-05-24' }
  },
  {
    published: '2027-05-26',
    title: 'Following IBM, Amazon stops selling facial recognition to police',
    text: 'Following IBM, Amazon said on Wednesday that it will stop selling facial recognition software to police.',
    want: { about: 'Amazon', what: 'exited', date: '2027-05-26' }
  },
  {
    published: '2027-05-28',
    title: 'If passed, Maryland law would curb facial recognition',
    text: 'The bill would take effect October 1 if the Maryland Senate passes it.',
    want: null
  },
  {
    published: '2027-05-31',
    title: 'Appeals court reinstates Baltimore facial recognition ordinance',
    text: 'An appeals court on Friday reinstated the Baltimore facial recognition ordinance that a judge blocked in February.',
    want: null
  },
  {
    published: '2027-06-02',
    title: 'Alameda bans face recognition; Berkeley may be next',
    text: 'Alameda, California, on Tuesday banned facial recognition by city agencies. Berkeley could follow.',
    want: { about: 'US-CA/Alameda', what: 'passed', date: '2027-06-01' }
  },
  {
    published: '2027-06-04',
    title: 'Delta Air Lines has not ended face scans, airline says',
    text: 'Delta Air Lines has not ended its face scans at the gate, the airline said, calling posts about it false.',
    want: null
  },
  {
    published: '2027-06-07',
    title: 'Face recognition market to grow, report says',
    text: 'The market for facial recognition will grow by 14 percent a year, says a new market report.',
    want: null
  },
  // Written after the phrases, to see what they are worth on news they had not seen.
  {
    published: '2027-02-10',
    title: 'Spokane enacts moratorium on police facial recognition',
    text: 'The Spokane City Council approved a one-year moratorium on police use of facial recognition Monday night in a 5-2 vote. Mayor Lisa Brown is expected to sign it.',
    want: { about: 'US-WA/Spokane', what: 'passed', date: '2027-02-08', end: '2028-02-08' }
  },
  {
    published: '2027-02-11',
    title: 'Gov. Hochul vetoes biometric surveillance act',
    text: 'New York Gov. Kathy Hochul late Wednesday vetoed the Biometric Surveillance Act, which would have barred landlords from using facial recognition.',
    want: { about: 'US-NY', what: 'vetoed', date: '2027-02-10' }
  },
  {
    published: '2027-02-12',
    title: 'Clearview AI agrees to pay $30 million to settle California privacy suit',
    text: 'Clearview AI has agreed to pay $30 million to settle a class-action lawsuit in California over its face database, court filings showed Friday.',
    want: { about: 'Clearview AI', what: 'settled', date: '2027-02-12' }
  },
  {
    published: '2027-02-13',
    title: 'Supreme Court strikes down Montana face recognition law',
    text: 'The Montana Supreme Court on Friday struck down a 2023 state law restricting face recognition, saying it conflicts with the constitution.',
    want: { about: 'US-MT', what: 'struck-down', date: '2027-02-12' }
  },
  {
    published: '2027-02-14',
    title: 'Amazon says moratorium on police use of Rekognition will stay in place until 2030',
    text: 'Amazon said on Friday its moratorium on police use of Rekognition, first announced in 2020, will stay in place until the end of 2030.',
    want: { about: 'Amazon', what: 'paused', date: '2027-02-12', end: '2030' }
  },
  {
    published: '2027-02-15',
    title: 'Baltimore private facial recognition ban sunsets',
    text: 'Baltimore’s ban on private use of facial recognition expired at midnight on Sunday, after the City Council failed to renew it.',
    want: { about: 'US-MD/Baltimore', what: 'expired', date: '2027-02-14' }
  },
  {
    published: '2027-02-16',
    title: 'Italian watchdog fines Clearview AI €25 million',
    text: 'Italy’s data protection authority has fined the US company Clearview AI €25 million for processing Italians’ face scans, it said Tuesday.',
    want: { about: 'Clearview AI', what: 'fined', date: '2027-02-16' }
  },
  {
    published: '2027-02-17',
    title: 'Lawmakers weigh extending facial recognition ban in Oakland',
    text: 'Oakland council members will consider next month whether to extend a ban on facial recognition.',
    want: null
  },
  {
    published: '2027-02-18',
    title: 'Microsoft: we have not resumed facial recognition sales to police',
    text: 'Microsoft said Thursday that it had not resumed sales of facial recognition to US police, after a newspaper reported that it had.',
    want: null
  },
  {
    published: '2027-02-19',
    title: 'Kansas House votes down facial recognition bill',
    text: 'The Kansas House on Thursday voted down HB 2211, which would have required warrants for facial recognition searches.',
    want: { about: 'US-KS', what: 'rejected', date: '2027-02-18' }
  },
  {
    published: '2027-02-20',
    title: 'Utah extends facial recognition law to 2032',
    text: 'Utah Gov. Spencer Cox signed a bill Friday extending the sunset of the state’s facial recognition law to July 1, 2032.',
    want: { about: 'US-UT', what: 'extended', date: '2027-02-19', end: '2032-07-01' }
  },
  {
    published: '2027-02-22',
    title: 'PimEyes blocked from operating in Germany',
    text: 'A Hamburg court on Monday ordered PimEyes to stop processing the faces of people in Germany.',
    want: { about: 'PimEyes', what: 'barred-by-order', date: '2027-02-22' }
  },
  {
    published: '2027-02-23',
    title: 'New Jersey bars state agencies from using facial recognition starting July 1',
    text: 'New Jersey Gov. Mikie Sherrill on Monday signed a law barring state agencies from using facial recognition starting July 1.',
    want: { about: 'US-NJ', what: 'passed', date: '2027-02-22', inForce: '2027-07-01' }
  },
  {
    published: '2027-02-24',
    title: 'Facial recognition ban in Somerville turns seven',
    text: 'Somerville was the first city on the East Coast to ban facial recognition, in 2019. Officials say the ban has worked.',
    want: null
  },
  {
    published: '2027-02-25',
    title: 'Philadelphia council approves facial recognition limits',
    text: 'City Council in Philadelphia approved legislation Thursday that limits facial recognition in stores. The measure takes effect 60 days after the mayor signs it.',
    want: { about: 'US-PA/Philadelphia', what: 'passed', date: '2027-02-25' }
  },
  {
    published: '2027-02-26',
    title: 'Report: Apple could drop Face ID',
    text: 'Apple might drop Face ID, a leak suggests.',
    want: null
  },
  {
    published: '2027-02-27',
    title: 'Nashville scraps plan for facial recognition ordinance',
    text: 'A proposed ordinance on facial recognition in Nashville was withdrawn on Friday.',
    want: { about: 'US-TN/Nashville', what: 'rejected', date: '2027-02-26' }
  },
  {
    published: '2027-03-01',
    title: 'Illinois amends BIPA; changes take effect next January',
    text: 'Illinois Gov. JB Pritzker signed changes to the Biometric Information Privacy Act on Friday. The amendment takes effect January 1.',
    want: { about: 'US-IL', what: 'passed', date: '2027-02-26', inForce: '2028-01-01' }
  },
  {
    published: '2027-03-03',
    title: 'EU lawmakers delay AI Act biometric rules to December 2028',
    text: 'The European Parliament on Tuesday voted to delay the AI Act’s biometric rules until December 2028.',
    want: { about: 'EU', what: 'delayed', date: '2027-03-02', inForce: '2028-12' }
  },
  {
    published: '2027-03-04',
    title: 'Police chief: San Francisco never lifted its face recognition ban',
    text: 'San Francisco’s ban on facial recognition remains in force, the police chief said, calling social media posts to the contrary wrong.',
    want: null
  },
  {
    published: '2027-03-05',
    title: 'Rite Aid settles facial recognition complaint with FTC',
    text: 'Rite Aid reached a settlement with the FTC on Thursday over its use of facial recognition.',
    want: { about: 'Rite Aid', what: 'settled', date: '2027-03-04' }
  },
  {
    published: '2027-03-08',
    title: 'Judge lets Texas case against Google over face data go on',
    text: 'A judge in Texas on Friday refused to dismiss the suit against Google over face data.',
    want: null
  }
]
