/**
 * Countries whose parliament has one chamber (IPU Parline, "structure of parliament"), as far as their news is read; and
 * Austria, whose second chamber can only delay.
 */
const COUNTRIES = new Set(
  (
    'AE AL AM AO AT AZ BD BG BW CN CR CU CY DK EC EE FI GE GH GR GT HK HN HR HU IL IQ IR IS KR KW LA LB LK LT LU LV MC MD ' +
    'ME MK MT MU MW MZ NI NO NZ PA PE PG PT QA RS SA SE SG SK SN SV SY TR TW TZ UA UG VE VN XK ZM'
  ).split(' ')
)
/** Federations whose states mostly have two chambers, and those of their states that have one. */
const TWO_IN_STATES = new Set(['US', 'AU'])
const ONE_IN_STATE = new Set(['US-NE', 'US-DC', 'US-GU', 'US-VI', 'AU-QLD', 'AU-ACT', 'AU-NT'])
/** Of Argentina's provinces and India's states these have two. */
const TWO_IN_STATE = new Set('AR-A AR-B AR-D AR-E AR-K AR-M AR-S AR-W IN-AP IN-BR IN-KA IN-MH IN-TG IN-UP'.split(' '))

/** Whether what an assembly of a place passes has passed: there is no other chamber that it goes on to. */
export function hasOneChamber(code: string): boolean {
  if (code.includes('/') || ONE_IN_STATE.has(code)) return true
  const [country, state] = code.split('-')
  if (!state) return COUNTRIES.has(code)
  return !TWO_IN_STATES.has(country!) && !TWO_IN_STATE.has(code)
}
