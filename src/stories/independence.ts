import { isCopy, shingle } from './near-duplicate.js'
import { splitWords } from './words.js'

/** What of an article tells whose words it carries. */
export interface Told {
  outlet: string
  title: string
  summary: string
}

/** Agencies whose copy other outlets run, as credits name them: `(Reuters)`, `AP –`, `Agence France-Presse`. */
const AGENCIES: [name: string, credit: RegExp][] = [
  ['reuters', /\(reuters\)|\breuters\s*[-–—]/i],
  ['ap', /\(ap\)|\bassociated press\b/i],
  ['afp', /\(afp\)|\bagence france[- ]presse\b/i],
  ['dpa', /\(dpa\)|\bdeutsche presse-agentur\b/i],
  ['efe', /\(efe\)|\bagencia efe\b/i],
  ['ansa', /\(ansa\)/i],
  ['lusa', /\(lusa\)|\bag[eê]ncia lusa\b/i],
  ['anp', /\(anp\)/i],
  ['pa', /\(pa\)|\bpa media\b|\bpress association\b/i]
]

/**
 * How many publishers told it in words of their own: two articles of one outlet count once, and so do wire copies, where
 * that can be told (the same text, or the same agency's credit).
 */
export function countIndependent(articles: readonly Told[]): number {
  const groups: { outlets: Set<string>; agency: string | null; texts: Set<string>[] }[] = []
  for (const article of articles) {
    const outlet = article.outlet.toLowerCase()
    const agency = agencyOf(article)
    const text = shingle(splitWords(article.summary))
    const same = groups.filter(
      (group) =>
        group.outlets.has(outlet) ||
        (agency !== null && agency === group.agency) ||
        group.texts.some((other) => isCopy(text, other))
    )
    const joined = {
      outlets: new Set([outlet, ...same.flatMap((group) => [...group.outlets])]),
      agency: agency ?? same.find((group) => group.agency !== null)?.agency ?? null,
      texts: [text, ...same.flatMap((group) => group.texts)]
    }
    for (const group of same) groups.splice(groups.indexOf(group), 1)
    groups.push(joined)
  }
  return groups.length
}

function agencyOf({ outlet, title, summary }: Told): string | null {
  const opening = `${outlet}\n${title}\n${summary}`
  const byName = AGENCIES.find(([name]) => outlet.toLowerCase() === name)
  return (byName ?? AGENCIES.find(([, credit]) => credit.test(opening)))?.[0] ?? null
}
