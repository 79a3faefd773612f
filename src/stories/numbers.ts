import { fold } from './words.js'

/** Words and letters that multiply the number before them, in seven languages, folded. `billion` is the English one. */
const SCALES: Record<string, number> = {
  thousand: 1e3,
  mil: 1e3,
  tausend: 1e3,
  mille: 1e3,
  mila: 1e3,
  duizend: 1e3,
  k: 1e3,
  m: 1e6,
  mn: 1e6,
  mio: 1e6,
  million: 1e6,
  millions: 1e6,
  millionen: 1e6,
  millon: 1e6,
  millones: 1e6,
  milione: 1e6,
  milioni: 1e6,
  milhao: 1e6,
  milhoes: 1e6,
  miljoen: 1e6,
  crore: 1e7,
  lakh: 1e5,
  bn: 1e9,
  mrd: 1e9,
  billion: 1e9,
  billions: 1e9,
  milliarde: 1e9,
  milliarden: 1e9,
  milliard: 1e9,
  milliards: 1e9,
  miliardo: 1e9,
  miliardi: 1e9,
  bilhao: 1e9,
  bilhoes: 1e9,
  miljard: 1e9
}

const SCALE_NAMES = Object.keys(SCALES)
  .sort((a, b) => b.length - a.length)
  .join('|')
const AMOUNT = new RegExp(
  `(?<![\\w./-])(\\d{1,3}(?:[.,]\\d{2,3})*[ .,]\\d{3}(?:[ .,]\\d{3})*(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d+)?)(?:[ -]?(${SCALE_NAMES})\\b)?(?![\\d/])`,
  'g'
)
const VOTE =
  /(?<![\d.,-])(\d{1,3})(?:\s?[-–:]\s?|(?: votes?| voix| stimmen| votos?| voti| si)?(?: for)?(?: and| et| und| y| e| en)? (?:to|against|contre|gegen|zu|a|contra|contro|tegen) )(\d{1,3})(?![\d-]|[.,]\d)/g
/** Numbers from one to thirteen as people write them out, in seven languages, folded; what is also an article or a pronoun is left out. */
const WRITTEN: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  zwei: 2,
  drei: 3,
  vier: 4,
  funf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  elf: 11,
  zwolf: 12,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  sept: 7,
  huit: 8,
  neuf: 9,
  dix: 10,
  onze: 11,
  douze: 12,
  uno: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  once: 11,
  doce: 12,
  due: 2,
  tre: 3,
  quattro: 4,
  cinque: 5,
  sei: 6,
  sette: 7,
  otto: 8,
  nove: 9,
  dieci: 10,
  undici: 11,
  dodici: 12,
  um: 1,
  dois: 2,
  quatro: 4,
  sete: 7,
  oito: 8,
  dez: 10,
  doze: 12,
  een: 1,
  twee: 2,
  drie: 3,
  vijf: 5,
  zes: 6,
  zeven: 7,
  negen: 9,
  tien: 10,
  twaalf: 12
}
const WRITTEN_NUMBER = new RegExp(`\\b(?:${Object.keys(WRITTEN).join('|')})\\b`, 'g')
/** Units of time, by their beginnings in seven languages, folded. */
const UNITS: Record<string, string> = {
  year: 'y',
  jahr: 'y',
  an: 'y',
  ans: 'y',
  annee: 'y',
  ano: 'y',
  anos: 'y',
  anno: 'y',
  anni: 'y',
  jaar: 'y',
  month: 'm',
  monat: 'm',
  mois: 'm',
  mes: 'm',
  meses: 'm',
  mese: 'm',
  mesi: 'm',
  maand: 'm',
  week: 'w',
  woche: 'w',
  semaine: 'w',
  semana: 'w',
  settiman: 'w',
  weken: 'w'
}
const DURATION = new RegExp(
  `(?<![\\d.,])(\\d{1,3})[ -](${Object.keys(UNITS)
    .sort((a, b) => b.length - a.length)
    .join('|')})`,
  'g'
)
const MONTHS_A_YEAR = 12
const BILL =
  /\b(?:s\.?b|h\.?b|a\.?b|h\.?r|s\.?f|h\.?f|l\.?d|h|s|a|c|bill|act|law|ordinance|pl|ddl|wetsvoorstel)\.?[ -]?(?:no\.? ?|number |n[o°º]\.? ?)?(\d{2,5})\b/g
const DOCKET = /\b\d{2,4}[-/]\d{3,5}\b/g
/** Smaller bare numbers are in every text. */
const SMALLEST_TELLING_NUMBER = 13

/**
 * The figures that mark an event, as comparable strings: amounts (`30500000` for `€30.5 million`, `30,5 Mio.`), votes
 * (`8-1`), bill and docket numbers (`bill 6280`). Years and small bare numbers are left out.
 */
export function findNumbers(text: string): string[] {
  const folded = foldNumbers(text)
  const found = new Set<string>(findDurations(text))
  for (const [, number] of folded.matchAll(BILL)) if (!isYear(Number(number))) found.add(`bill ${number}`)
  for (const [docket] of folded.matchAll(DOCKET)) found.add(docket)
  for (const [, yes, no] of folded.matchAll(VOTE)) found.add(`${yes}-${no}`)
  for (const [, digits, scale] of folded.matchAll(AMOUNT)) {
    const value = readNumber(digits!) * (scale === undefined ? 1 : SCALES[scale]!)
    const bareYear = scale === undefined && isYear(value) && /^\d{4}$/.test(digits!)
    if (value >= SMALLEST_TELLING_NUMBER && !bareYear) found.add(String(Math.round(value)))
  }
  return [...found]
}

/** For how long, as comparable strings: `for 2y`, `for 18m`. */
export function findDurations(text: string): string[] {
  const durations = foldNumbers(text).matchAll(DURATION)
  return [...durations].map(([, count, unit]) => writeDuration(Number(count), UNITS[unit!]!))
}

function foldNumbers(text: string): string {
  return fold(text).replace(WRITTEN_NUMBER, (word) => String(WRITTEN[word]))
}

/** `12 months` and `one year` are one duration. */
function writeDuration(count: number, unit: string): string {
  if (unit === 'm' && count % MONTHS_A_YEAR === 0) return `for ${count / MONTHS_A_YEAR}y`
  return `for ${count}${unit}`
}

/** Reads `5,80,000`, `1.234.567`, `30.5` and `30,5`: three digits after a mark are thousands, fewer are decimals. */
function readNumber(digits: string): number {
  const decimals = /[.,](\d{1,2})$/.exec(digits)
  const whole = (decimals ? digits.slice(0, decimals.index) : digits).replace(/[ .,]/g, '')
  return Number(decimals ? `${whole}.${decimals[1]}` : whole)
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1900 && value <= 2099
}
