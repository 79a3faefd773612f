import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import type { PhraseHit, ReadStory } from './story.js'

/** Who acts in a sentence, and what is done: their pairs tell a regulator's fine from a court's ruling on it. */
const ACTORS = new Set('legislature executive regulator court advocacy police company guidance'.split(' '))
const ACTS = new Set(
  'ban law vote enact propose reject loosen widen lawsuit court settle fine probe breach guidance policy stopselling rules hearing advocacy'.split(
    ' '
  )
)
/** What the stage of a bill hangs on; who uses the technology, and how, does not matter there. */
const STAGE_CONCEPTS = new Set(
  'ban law vote enact propose reject loosen widen legislature executive rules policy hearing advocacy'.split(' ')
)

/** Adds who acts, what is done first, and the pairs of both, in the title and in the first sentence. */
export function addActs(story: ReadStory, companies: Candidate[], features: Set<string>): void {
  const lead = story.firstTextSentence
  const inTitle = (token: number): boolean => token < story.titleTokens
  const inLead = (token: number): boolean => token >= story.titleTokens && story.sentences[token] === lead
  addActsOf('title ', story.hits, companies, inTitle, features)
  addActsOf('lead ', story.hits, companies, inLead, features)
}

function addActsOf(
  where: string,
  all: PhraseHit[],
  companies: Candidate[],
  holds: (token: number) => boolean,
  features: Set<string>
): void {
  const acts: string[] = []
  const actors: { actor: string; from: number }[] = []
  let any = false
  for (const { concept, from } of all) {
    if (!holds(from)) continue
    any = true
    if (ACTS.has(concept) && !acts.includes(concept)) acts.push(concept)
    if (ACTORS.has(concept)) actors.push({ actor: concept, from })
  }
  for (const { spans } of companies)
    for (const { from } of spans) if (holds(from)) actors.push({ actor: 'company', from })
  actors.sort((a, b) => a.from - b.from)
  if (actors[0]) features.add(joined(joined(where, 'actor:'), actors[0].actor))
  if (any) features.add(joined(joined(where, 'first:'), acts[0] ?? 'none'))
  for (const { actor } of actors) for (const act of acts) if (act !== actor) features.add(pair(where, actor, act))
  for (const one of acts) for (const other of acts) if (one < other) features.add(pair(where, one, other))
}

function pair(where: string, one: string, other: string): string {
  return joined(where, joined(joined(one, '&'), other))
}

const judged = new Map<string, boolean>()

/** Whether a feature may speak for the stage of a bill. */
export function isStageFeature(feature: string): boolean {
  const known = judged.get(feature)
  if (known !== undefined) return known
  const concepts = feature
    .replace(/^(title|lead|rest)[: ]/, '')
    .replace(/^(face|titleface)\+|^(actor|first):/, '')
    .split('&')
  const fits = /^t?w:/.test(feature) || concepts.every((concept) => STAGE_CONCEPTS.has(concept))
  if (judged.size > 200_000) judged.clear()
  judged.set(feature, fits)
  return fits
}
