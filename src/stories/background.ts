/** In each language: a span of time, and what says that it lies between the event and an earlier one. */
const LAGS: Record<string, string> = {
  en: '(?:hours?|days?|weeks?|months?|years?) (?:after|since)',
  de: '(?:stunden?|tagen?|wochen?|monaten?|jahren?) (?:nach|nachdem)',
  fr: '(?:heures?|jours?|semaines?|mois|ans?|années?) après',
  es: '(?:horas?|días?|semanas?|mes(?:es)?|años?) (?:después|tras)',
  it: '(?:or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]) dopo',
  pt: '(?:horas?|dias?|semanas?|mês|meses|anos?) (?:depois|após)',
  nl: '(?:uur|dag(?:en)?|week|weken|maand(?:en)?|jaar|jaren) (?:na|nadat)'
}
const CLAUSES = new Map(
  Object.entries(LAGS).map(([lang, lag]) => [lang, new RegExp(`(?<!\\p{L})${lag}(?!\\p{L})[^,.;:!?\\n–—]*`, 'giu')])
)

/**
 * A text without what it says came before its event ("a day after neighboring Durham banned it"), up to the end of the
 * clause: those names, sums and steps are another event's.
 */
export function cutBackground(text: string, lang: string): string {
  const clause = CLAUSES.get(lang)
  return clause === undefined ? text : text.normalize('NFC').replace(clause, '')
}
