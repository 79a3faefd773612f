import type { Change } from '../../ledger/change.js'
import {
  aboutOf,
  type Candidate,
  type Confirms,
  openAmong,
  type Proposal,
  type Ruling,
  stateOf
} from '../../ledger/reports/proposal.js'
import { denies, joinable, sameMatter } from '../../ledger/reports/same-change.js'
import { numberOf } from '../../model/law-number.js'
import type { Filter } from '../../model/subscription.js'
import type { Database, Query } from '../database.js'
import { json } from '../text.js'

/** Changes that news tell of, and what workspaces ruled of them. Rows are never changed or deleted. */
export interface ProposalTable {
  /** Those on these companies and places that the workspace sees, ruled on or not, newest first. */
  about(workspaceId: number, about: string[]): Promise<Proposal[]>
  find(workspaceId: number, id: number): Promise<Proposal | null>
  /** All that wait for a word, newest first; none that says in other words what the workspace rejected. */
  open(workspaceId: number, limit: number): Promise<Proposal[]>
  /** Those whose last word is a confirmation, with every confirmation in its order (corrections follow what they correct). */
  confirmed(workspaceId: number): Promise<{ proposal: Proposal; words: Ruling[] }[]>
  /** Writes down a word. False when it was said already, or when a rule (`byId` null) comes after somebody's word. */
  rule(
    ruling: {
      workspaceId: number
      id: number
      verdict: Ruling['verdict']
      change: Change
      byId: string | null
      byName: string
    },
    now: Date
  ): Promise<boolean>
  confirms(workspaceId: number): Promise<Confirms>
  setConfirms(workspaceId: number, confirms: Confirms): Promise<void>
  /** Proposals to be told of, or confirmed by a rule; an article that comes meanwhile makes one wait again. */
  waiting(limit: number): Promise<{ id: number; lookAt: Date }[]>
  looked(waiting: { id: number; lookAt: Date }): Promise<void>
  /** Workspaces that want to hear of changes, or whose rule may confirm them. */
  listeners(): Promise<
    { workspaceId: number; confirms: Confirms; subscriptions: { channelId: number; filter: Filter }[] }[]
  >
}

/** Only what a feed of the catalogue told, or one that the workspace (`$1`) added itself. */
const VISIBLE = `(f.in_catalogue or exists (
  select from workspace_feed w where w.feed_id = f.id and w.workspace_id = $1))`

/** A proposal with its visible sources and the workspace's last word, as `Proposal`. */
const PROPOSAL = `
  select p.id, p.change, p.true_from as "trueFrom", p.known_at as "knownAt", p.quiet,
    json_agg(json_build_object('outlet', a.outlet, 'official', a.official and f.in_catalogue, 'link', a.link,
      'title', a.title, 'summary', a.summary, 'change', s.change) order by a.id) as sources,
    (select json_build_object('verdict', v.verdict, 'change', v.change, 'by', v.by_name, 'day', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD'))
     from proposal_verdict v where v.proposal_id = p.id and v.workspace_id = $1 order by v.id desc limit 1) as ruled
  from proposal p join proposal_source s on s.proposal_id = p.id join article a on a.id = s.article_id
    join feed f on f.id = a.feed_id
  where ${VISIBLE}`

export function proposalTable({ query, transaction }: Database): ProposalTable {
  const about: ProposalTable['about'] = (workspaceId, names) =>
    query<Proposal>(`${PROPOSAL} and p.about = any ($2) group by p.id order by p.id desc limit 100`, [
      workspaceId,
      names
    ])
  return {
    about,

    async find(workspaceId, id) {
      const [found] = await query<Proposal>(`${PROPOSAL} and p.id = $2 group by p.id`, [workspaceId, id])
      return found ?? null
    },

    async open(workspaceId, limit) {
      const open = await query<Proposal>(
        `${PROPOSAL} and not exists (
           select from proposal_verdict v where v.proposal_id = p.id and v.workspace_id = $1)
         group by p.id order by p.id desc limit $2`,
        [workspaceId, limit]
      )
      const beside = await about(workspaceId, [...new Set(open.map(({ change }) => aboutOf(change)))])
      const ruled = beside.filter((one) => one.ruled !== null)
      return openAmong([...open, ...ruled])
    },

    async confirmed(workspaceId) {
      const all = await query<Proposal & { earlier: Proposal['ruled'][] }>(
        `select one.*, (select json_agg(json_build_object('verdict', v.verdict, 'change', v.change, 'by', v.by_name,
             'day', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD')) order by v.id)
           from proposal_verdict v where v.proposal_id = one.id and v.workspace_id = $1 and v.verdict = 'confirmed') as earlier
         from (${PROPOSAL} and exists (
           select from proposal_verdict v where v.proposal_id = p.id and v.workspace_id = $1 and v.verdict = 'confirmed')
         group by p.id) one order by one.id`,
        [workspaceId]
      )
      return all.flatMap(({ earlier, ...proposal }) =>
        proposal.ruled?.verdict === 'confirmed' ? [{ proposal, words: earlier.filter((word) => word !== null) }] : []
      )
    },

    rule: ({ workspaceId, id, verdict, change, byId, byName }, now) =>
      transaction(async (inside) => {
        // Two people press at once: the second sees the first one's word.
        await inside('select id from proposal where id = $1 for no key update', [id])
        const [last] = await inside<{ verdict: string; change: unknown }>(
          `select verdict, change from proposal_verdict where workspace_id = $1 and proposal_id = $2
           order by id desc limit 1`,
          [workspaceId, id]
        )
        // A rule of the workspace never speaks after a person did; the same word is not said twice.
        if (
          last &&
          (byId === null ||
            (last.verdict === verdict && JSON.stringify(sorted(last.change)) === JSON.stringify(sorted(change))))
        )
          return false
        await inside(
          `insert into proposal_verdict (proposal_id, workspace_id, verdict, change, by_id, by_name, at)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [id, workspaceId, verdict, json(change), byId, byName, now]
        )
        return true
      }),

    async setConfirms(workspaceId, confirms) {
      await query('update workspace set confirms = $2 where id = $1', [workspaceId, confirms])
    },

    async confirms(workspaceId) {
      const [row] = await query<{ confirms: Awaited<ReturnType<ProposalTable['confirms']>> }>(
        'select confirms from workspace where id = $1',
        [workspaceId]
      )
      return row?.confirms ?? 'people'
    },

    waiting: (limit) =>
      query(`select id, look_at as "lookAt" from proposal where look_at is not null order by look_at, id limit $1`, [
        limit
      ]),

    async looked({ id, lookAt }) {
      // Only if no article came meanwhile.
      await query('update proposal set look_at = null where id = $1 and look_at = $2', [id, lookAt])
    },

    listeners: () =>
      query(
        `select w.id as "workspaceId", w.confirms,
           coalesce(json_agg(json_build_object('channelId', c.id, 'filter', s.filter)) filter (where s.id is not null), '[]') as subscriptions
         from workspace w join channel c on c.workspace_id = w.id
           left join subscription s on s.channel_id = c.id and s.ended_at is null and s.mode = 'changes'
         group by w.id having w.confirms <> 'people' or count(s.id) > 0`
      )
  }
}

/** So long a report of something else makes a return to what the ledger says news. */
const RETURN_DAYS = 400

/**
 * Keeps what an article says has changed, inside the transaction that stores the article (under the lock of stories, so
 * that two articles of one change make one proposal): a new proposal, or one more source of one that is there, ruled
 * on or not. A denial is kept with the proposal that it denies; of none, it is dropped.
 */
export async function propose(
  query: Query,
  changes: readonly Change[],
  article: { id: number; published: Date; quiet: boolean },
  now: Date
): Promise<void> {
  for (const { offTopic, ...change } of changes) {
    const beside = await changesOf(query, change)
    if (change.denied) {
      const denied = beside.find((one) => denies(change, one.change))
      if (denied) await addSource(query, denied.id, change, article.id)
      continue
    }
    if ((offTopic && !isTied(offTopic, change, beside)) || (change.returns && !isReturn(change, beside))) continue
    const known = beside.find((one) => joinable(one.change, change))
    const id = known ? known.id : await insert(query, change, article, now)
    const added = await addSource(query, id, change, article.id)
    if (known && added && !article.quiet)
      await query('update proposal set quiet = false, look_at = $2 where id = $1', [id, now])
  }
}

/** What was proposed of the same company or place, newest first. */
async function changesOf(query: Query, change: Change): Promise<Candidate[]> {
  return await query<Candidate>(
    'select id, change from proposal where about = $1 and type = $2 order by id desc limit 100',
    [aboutOf(change), change.type]
  )
}

async function addSource(query: Query, id: number, change: Change, articleId: number): Promise<boolean> {
  const added = await query(
    `insert into proposal_source (proposal_id, article_id, change) values ($1, $2, $3)
     on conflict do nothing returning article_id`,
    [id, articleId, json(change)]
  )
  return added.length > 0
}

/** A proposal speaks of the very bill, or of the company or place where the article names the topic itself. */
function isTied(by: NonNullable<Change['offTopic']>, change: Change, beside: readonly Candidate[]): boolean {
  if (by === 'subject') return beside.length > 0
  if (change.type !== 'rule') return false
  const number = numberOf(change.instrument)
  return beside.some((one) => one.change.type === 'rule' && numberOf(one.change.instrument) === number)
}

/** The last report led elsewhere: going back is news. */
function isReturn(change: Change, beside: readonly Candidate[]): boolean {
  const last = beside.find((one) => sameMatter(one.change, change))
  if (!last || stateOf(last.change) === stateOf(change) || last.change.date > change.date) return false
  return Date.parse(change.date) - Date.parse(last.change.date) <= RETURN_DAYS * 86_400_000
}

async function insert(
  query: Query,
  change: Change,
  { published, quiet }: { published: Date; quiet: boolean },
  now: Date
): Promise<number> {
  const [row] = await query<{ id: number }>(
    `insert into proposal (type, about, state, true_from, known_at, change, quiet, look_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [change.type, aboutOf(change), stateOf(change), change.date, published, json(change), quiet, quiet ? null : now]
  )
  return row!.id
}

/** jsonb forgets the order of keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b, 'en'))
      .map(([key, one]) => [key, sorted(one)])
  )
}
