/** What the ledger is asked in questions.test.ts, and what it must say. Dates are those of the record, our own reading. */

export const TODAY = '2026-11-23'

export interface CompanyQuestion {
  company: string
  asOf?: string
  /** The state of the most telling subject, or of `subject`; `not-known` and `lapsed` are answers too. */
  expect: string
  subject?: string
  /** Since when. */
  since?: string
  /** Must be in the sentence. */
  says?: string
  /** The answer must carry a doubt that bears on that day. */
  doubtful?: boolean
}

export const COMPANY_QUESTIONS: CompanyQuestion[] = [
  { company: 'Amazon', expect: 'paused', since: '2020-06-10', says: 'until further notice' },
  {
    company: 'amazon',
    asOf: '2020-06-09',
    expect: 'not-known',
    says: 'first record on police use of Rekognition is of 10 June 2020'
  },
  { company: 'Amazon', asOf: '2020-06-10', expect: 'paused', since: '2020-06-10', says: 'stated end: 10 June 2021' },
  { company: 'Amazon', asOf: '2021-05-17', expect: 'paused', since: '2020-06-10', says: 'for one year' },
  {
    company: 'Amazon',
    asOf: '2021-05-18',
    expect: 'paused',
    since: '2020-06-10',
    says: 'renewed on 18 May 2021, until further notice'
  },
  { company: 'Amazon', asOf: '2021-06-11', expect: 'paused', says: 'until further notice' },
  { company: 'Amazon', asOf: '2019-01-01', expect: 'not-known' },
  { company: 'Amazon', asOf: '2030-01-01', expect: 'paused', doubtful: true, says: 'a day ahead' },
  { company: 'Ring', expect: 'sells', since: '2025-12-09', says: 'day uncertain' },
  { company: 'Ring', asOf: '2025-10-01', expect: 'not-known' },
  { company: 'Ring', asOf: '2025-12-20', expect: 'sells', doubtful: true },
  { company: 'Microsoft', expect: 'conditional', since: '2020-06-11', says: 'until a US national law' },
  { company: 'Microsoft', asOf: '2020-06-10', expect: 'restricted', since: '2019-04', doubtful: true },
  { company: 'Microsoft', asOf: '2019-04-10', expect: 'restricted', doubtful: true },
  { company: 'Microsoft', asOf: '2018-06-01', expect: 'not-known' },
  { company: 'Microsoft', subject: 'face-api', expect: 'restricted', since: '2022-06-21' },
  { company: 'Microsoft', subject: 'face-api', asOf: '2022-06-20', expect: 'not-known' },
  { company: 'Microsoft', subject: 'models', expect: 'bans-use', since: '2024-05-01' },
  { company: 'Microsoft', subject: 'investments', asOf: '2020-04-01', expect: 'exited', since: '2020-03-27' },
  { company: 'IBM', expect: 'exited', since: '2020-06-08', says: 'general-purpose' },
  { company: 'IBM', asOf: '2020-06-07', expect: 'not-known' },
  { company: 'IBM', asOf: '2022-01-01', expect: 'exited', since: '2020-06-08' },
  { company: 'IBM', subject: 'uk-matching', asOf: '2021-01-01', expect: 'sells', since: '2020-08' },
  { company: 'IBM', subject: 'uk-matching', asOf: '2020-07-01', expect: 'not-known' },
  { company: 'Google', expect: 'conditional', since: '2018-12-13' },
  { company: 'Google', asOf: '2018-12-12', expect: 'not-known' },
  { company: 'Meta', expect: 'resumed', since: '2024-10-21' },
  { company: 'Facebook', asOf: '2022-01-01', expect: 'exited', since: '2021-11-02' },
  { company: 'Meta', asOf: '2021-11-01', expect: 'not-known' },
  { company: 'Meta', asOf: '2024-10-28', expect: 'resumed', doubtful: true },
  { company: 'Clearview AI', expect: 'sells', says: 'on record since January 2020' },
  { company: 'Clearview AI', asOf: '2020-06-11', expect: 'sells' },
  { company: 'Clearview AI', asOf: '2019-06-01', expect: 'not-known' },
  { company: 'Clearview AI', subject: 'private-customers', asOf: '2021-01-01', expect: 'exited', since: '2020-05' },
  { company: 'Clearview AI', subject: 'private-customers', expect: 'barred-by-order', since: '2022-05-09' },
  { company: 'Clearview AI', subject: 'illinois', expect: 'barred-by-order', says: '11 May 2027' },
  { company: 'Clearview AI', subject: 'illinois', asOf: '2027-05-10', expect: 'barred-by-order', doubtful: true },
  { company: 'Clearview AI', subject: 'illinois', asOf: '2027-05-12', expect: 'lapsed' },
  { company: 'Clearview AI', subject: 'australia', asOf: '2021-11-15', expect: 'barred-by-order', doubtful: true },
  { company: 'Clearview AI', subject: 'france', expect: 'barred-by-order', since: '2021-11' },
  { company: 'Clearview AI', subject: 'canada', asOf: '2020-07-01', expect: 'exited', doubtful: true },
  { company: 'Palantir', expect: 'sells', doubtful: true, says: 'from memory' },
  { company: 'Palantir', asOf: '2019-01-01', expect: 'not-known' },
  { company: 'Axon', asOf: '2020-01-01', expect: 'bans-use', since: '2019-06' },
  { company: 'Axon', asOf: '2019-06-15', expect: 'bans-use', doubtful: true },
  { company: 'Axon', asOf: '2025-12-10', expect: 'resumed', since: '2025-12-03', doubtful: true },
  { company: 'Axon', expect: 'lapsed', says: 'lapsed on paper after December 2025' },
  { company: 'Rite Aid', expect: 'barred-by-order', since: '2023-12-19', says: 'five years' },
  { company: 'Rite Aid', asOf: '2023-12-18', expect: 'not-known' },
  { company: 'Rite Aid', asOf: '2029-03-01', expect: 'lapsed' },
  { company: 'Mercadona', expect: 'barred-by-order', since: '2021-07-23' },
  { company: 'Serco Leisure', asOf: '2025-01-01', expect: 'barred-by-order', since: '2024-02-19', doubtful: true },
  { company: 'Hikvision', asOf: '2019-10-08', expect: 'not-known' },
  { company: 'SenseTime', expect: 'restricted', since: '2019-10-09', says: 'US Department of Commerce' },
  { company: 'Bunnings', expect: 'not-known', says: 'was allowed to collect' },
  { company: 'Everalbum', asOf: '2021-03-01', expect: 'not-known', says: 'FTC announces a settlement' },
  { company: 'Oosto', expect: 'not-known', says: 'Metropolis buys Oosto' },
  { company: 'Veriff', expect: 'not-known', says: 'Nothing is on record for Veriff' },
  { company: 'Wayne Enterprises', asOf: '2020-06-10', expect: 'not-known' }
]

export interface PlaceQuestion {
  place: string
  asOf?: string
  /** The rule asked about; none: the place itself is not known for that day. */
  rule?: string
  /** Stage, or `none`: no such rule by then. */
  expect: string
  since?: string
  says?: string
  doubtful?: boolean
}

export const PLACE_QUESTIONS: PlaceQuestion[] = [
  { place: 'US-WA', rule: 'us-wa-sb-6280', expect: 'in-force', since: '2021-07-01' },
  { place: 'US-WA', asOf: '2021-07-01', rule: 'us-wa-sb-6280', expect: 'in-force' },
  {
    place: 'US-WA',
    asOf: '2021-06-30',
    rule: 'us-wa-sb-6280',
    expect: 'passed',
    says: 'to come into force on 1 July 2021'
  },
  { place: 'US-WA', asOf: '2020-03-30', expect: 'not-known', says: 'The first rule on record is SB 6280' },
  { place: 'US-CA', rule: 'us-ca-ab-2261', expect: 'rejected', since: '2020-06-02', says: 'blocked' },
  { place: 'US-CA', asOf: '2020-04-01', rule: 'us-ca-ab-2261', expect: 'proposed' },
  { place: 'US-CA', asOf: '2020-06-20', rule: 'us-ca-ab-2261', expect: 'rejected', doubtful: true },
  { place: 'US-CA', asOf: '2019-12-31', rule: 'us-ca-ab-1215', expect: 'passed' },
  { place: 'US-CA', asOf: '2022-12-31', rule: 'us-ca-ab-1215', expect: 'in-force', says: 'until 1 January 2023' },
  { place: 'US-CA', asOf: '2023-01-01', rule: 'us-ca-ab-1215', expect: 'expired', since: '2023-01-01' },
  { place: 'US-CA/San Francisco', rule: 'us-ca-san-francisco-2019', expect: 'in-force', since: '2019-06' },
  { place: 'US-CA/San Francisco', asOf: '2019-05-20', rule: 'us-ca-san-francisco-2019', expect: 'passed' },
  {
    place: 'US-CA/San Francisco',
    asOf: '2019-06-10',
    rule: 'us-ca-san-francisco-2019',
    expect: 'in-force',
    doubtful: true
  },
  { place: 'US-IL', rule: 'us-il-bipa', expect: 'in-force', since: '2008' },
  { place: 'US-IL', asOf: '2008-06-01', rule: 'us-il-bipa', expect: 'in-force', doubtful: true },
  { place: 'US-IL', asOf: '2000-01-01', expect: 'not-known' },
  { place: 'US-VA', asOf: '2021-12-01', rule: 'us-va-hb-2031', expect: 'in-force', since: '2021-07-01' },
  {
    place: 'US-VA',
    asOf: '2023-01-01',
    rule: 'us-va-hb-2031',
    expect: 'repealed',
    since: '2022-07-01',
    says: 'replaced by SB 741'
  },
  { place: 'US-VA', asOf: '2023-01-01', rule: 'us-va-sb-741', expect: 'in-force' },
  { place: 'US-VA', rule: 'us-va-sb-741', expect: 'expired', doubtful: true, says: 'sources disagree' },
  { place: 'US-VA', rule: 'us-va-hb-2031', expect: 'in-force', doubtful: true },
  { place: 'US-MD/Baltimore', asOf: '2022-06-01', rule: 'us-md-baltimore-2021', expect: 'in-force' },
  { place: 'US-MD/Baltimore', rule: 'us-md-baltimore-2021', expect: 'expired', since: '2022-12-31' },
  { place: 'US-LA/New Orleans', asOf: '2022-01-01', rule: 'us-la-new-orleans-2020', expect: 'in-force' },
  { place: 'US-LA/New Orleans', rule: 'us-la-new-orleans-2020', expect: 'repealed' },
  { place: 'US-LA/New Orleans', rule: 'us-la-new-orleans-2025', expect: 'rejected', says: 'withdrawn' },
  { place: 'US-NY', asOf: '2023-01-01', rule: 'us-ny-schools-2020', expect: 'in-force' },
  { place: 'US-NY', rule: 'us-ny-schools-2023', expect: 'in-force', since: '2023-09-27' },
  { place: 'US-NY/New York', rule: 'us-ny-nyc-int-0213-2026', expect: 'proposed' },
  { place: 'US-CO', rule: 'us-co-sb22-113-schools', expect: 'in-force' },
  {
    place: 'US-ME/Portland',
    asOf: '2020-10-01',
    rule: 'us-me-portland-august-2020',
    expect: 'in-force',
    doubtful: true
  },
  { place: 'US-ME/Portland', rule: 'us-me-portland-august-2020', expect: 'repealed', since: '2020-11-03' },
  { place: 'US-OR/Portland', asOf: '2020-12-31', rule: 'us-or-portland-private-2020', expect: 'passed' },
  {
    place: 'US-MA/Boston',
    rule: 'us-ma-boston-2020',
    expect: 'in-force',
    says: 'passed on 24 June 2020, taken to be in force'
  },
  { place: 'US-MA/Boston', asOf: '2020-06-25', rule: 'us-ma-boston-2020', expect: 'in-force', doubtful: true },
  { place: 'US', asOf: '2020-12-01', rule: 'us-moratorium-act-2020', expect: 'proposed' },
  { place: 'US', rule: 'us-moratorium-act-2023', expect: 'rejected' },
  { place: 'IT', asOf: '2023-02-01', rule: 'it-moratorium-2021', expect: 'in-force' },
  { place: 'IT', rule: 'it-moratorium-2021', expect: 'in-force', doubtful: true, says: 'became law was not seen' },
  { place: 'FR', rule: 'fr-law-2023-380', expect: 'expired', since: '2025-03-31' },
  { place: 'FR', rule: 'fr-games-2030-article-35', expect: 'proposed', doubtful: true },
  { place: 'SE', asOf: '2026-02-01', rule: 'se-police-real-time-2026', expect: 'proposed' },
  { place: 'SE', rule: 'se-police-real-time-2026', expect: 'in-force', since: '2026-07-01' },
  {
    place: 'EU',
    asOf: '2025-02-01',
    rule: 'eu-ai-act-article-5',
    expect: 'passed',
    says: 'to come into force on 2 February 2025'
  },
  { place: 'EU', asOf: '2024-07-31', rule: 'eu-ai-act-article-5', expect: 'none' },
  {
    place: 'US-NY/New York City',
    asOf: '2021-06-15',
    rule: 'us-ny-nyc-biometric-2021',
    expect: 'passed',
    doubtful: true
  },
  { place: 'EU', asOf: '2025-02-02', rule: 'eu-ai-act-article-5', expect: 'in-force' },
  {
    place: 'EU',
    rule: 'eu-ai-act-annex-3',
    expect: 'passed',
    says: 'into force on 2 December 2027 (before: 2 August 2026)'
  },
  { place: 'CN', asOf: '2025-05-01', rule: 'cn-frt-measures-2025', expect: 'passed' },
  { place: 'NZ', rule: 'nz-biometric-code-2025', expect: 'in-force', since: '2025-11-03' },
  { place: 'AR/Buenos Aires', rule: 'ar-buenos-aires-srfp', expect: 'in-force' },
  { place: 'DE', expect: 'not-known', says: 'European Union' },
  { place: 'JP', expect: 'not-known', says: 'does not mean that there is none' },
  { place: 'US-CA/Fresno', expect: 'not-known' },
  { place: 'GB-WLS', expect: 'not-known', says: 'Bridges' }
]
