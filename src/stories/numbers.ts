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
const VOTE = /(?<![\d.,-])(\d{1,3})(?:\s?[-–:]\s?| to | contre | gegen | a | contra | tegen )(\d{1,3})(?![\d-]|[.,]\d)/g
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
  const folded = fold(text)
  const found = new Set<string>()
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

/** Reads `5,80,000`, `1.234.567`, `30.5` and `30,5`: three digits after a mark are thousands, fewer are decimals. */
function readNumber(digits: string): number {
  const decimals = /[.,](\d{1,2})$/.exec(digits)
  const whole = (decimals ? digits.slice(0, decimals.index) : digits).replace(/[ .,]/g, '')
  return Number(decimals ? `${whole}.${decimals[1]}` : whole)
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1900 && value <= 2099
}
