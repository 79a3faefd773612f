import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import type { PhraseHit, ReadStory } from './story.js'

/** Who acts in a sentence, and what is done: their pairs tell a regulator's fine from a court's ruling on it. */
const ACTORS = new Set(
  'legislature executive regulator court advocacy people opinion police company guidance'.split(' ')
)
/** What is done to a rule, and the words that turn it: "not", "would", "again", a committee's vote, what is still to come. */
const LAWMAKING =
  'legislature executive ban vote enact propose reject loosen widen not would again undo pending committee past'.split(
    ' '
  )
const ACTS = new Set([
  ...LAWMAKING.filter((name) => !ACTORS.has(name)),
  ...'law lawsuit court settle fine probe breach guidance policy stopselling rules hearing advocacy wish complain'.split(
    ' '
  )
])
/** The concepts whose order is read: "lifts the ban" is another thing than "bans … lifted by". */
const ORDERED = new Set(LAWMAKING)
/** Words between two steps that still belong together. */
const NEAR = 8
/** Who acts by the name that the lexicon knows: the reasons of a place's spans. */
const BODIES: Record<string, string> = {
  'names a regulator': 'regulator',
  'names a court': 'court',
  'names a legislature': 'legislature',
  'names a police force': 'police',
  'names a ministry': 'executive',
  'names a public agency': 'agency'
}

/** An actor or an act, where it stands. */
interface Step {
  name: string
  from: number
  actor: boolean
  act: boolean
}

/** Adds who acts, what is done first, and the pairs of both, in the title and in the first sentence; and which step follows which. */
export function addActs(story: ReadStory, companies: Candidate[], places: Candidate[], features: Set<string>): void {
  const lead = story.firstTextSentence
  const steps = stepsOf(story, companies, places, lead)
  addActsOf(
    'title ',
    steps.filter(({ from }) => from < story.titleTokens),
    features
  )
  addActsOf(
    'lead ',
    steps.filter(({ from }) => from >= story.titleTokens),
    features
  )
  addOrder(story, features)
}

/** Adds the steps of lawmaking that follow one another within a sentence, in their order. */
function addOrder({ hits, sentences, titleTokens }: ReadStory, features: Set<string>): void {
  let last: PhraseHit | null = null
  for (const hit of hits) {
    if (!ORDERED.has(hit.concept)) continue
    if (
      last &&
      last.concept !== hit.concept &&
      hit.from - last.to < NEAR &&
      sentences[last.from] === sentences[hit.from]
    ) {
      const order = joined(joined(last.concept, '>'), hit.concept)
      features.add(order)
      if (hit.from < titleTokens) features.add(joined('title ', order))
    }
    last = hit
  }
}

function stepsOf(story: ReadStory, companies: Candidate[], places: Candidate[], lead: number): Step[] {
  const steps: Step[] = []
  const add = (name: string, from: number, actor: boolean, act: boolean): void => {
    if (story.sentences[from]! <= lead) steps.push({ name, from, actor, act })
  }
  for (const { concept, from } of story.hits) add(concept, from, ACTORS.has(concept), ACTS.has(concept))
  for (const { spans } of companies) for (const { from } of spans) add('company', from, true, false)
  for (const { spans } of places)
    for (const { from, reason } of spans) if (BODIES[reason]) add(BODIES[reason], from, true, false)
  for (const { from, entries } of story.mentions)
    if (entries.some(({ reading }) => reading.type === 'organisation' && reading.advocate))
      add('campaigner', from, true, false)
  return steps.sort((a, b) => a.from - b.from)
}

function addActsOf(where: string, steps: Step[], features: Set<string>): void {
  const acts = [...new Set(steps.filter(({ act }) => act).map(({ name }) => name))]
  const actors = [...new Set(steps.filter(({ actor }) => actor).map(({ name }) => name))]
  if (actors[0]) features.add(joined(joined(where, 'actor:'), actors[0]))
  if (steps.length > 0) features.add(joined(joined(where, 'first:'), acts[0] ?? 'none'))
  for (const actor of actors) for (const act of acts) if (act !== actor) features.add(pair(where, actor, act))
  for (const one of acts) for (const other of acts) if (one < other) features.add(pair(where, one, other))
}

function pair(where: string, one: string, other: string): string {
  return joined(where, joined(joined(one, '&'), other))
}
