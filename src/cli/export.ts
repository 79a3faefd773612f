import { parseArgs } from 'node:util'
import { stringify as toCsv } from 'csv-stringify/sync'
import { stringify } from 'yaml'
import { loadDotEnv, readConfig } from '../config.js'
import { openCore } from '../core.js'
import { exportOpml } from '../feeds/opml.js'
import { watchList } from '../ledger/ahead/watch.js'
import { dayOf } from '../ledger/dates.js'
import { exportLedger } from '../ledger/export.js'
import type { Ledger } from '../ledger/record/model.js'
import { workspaceLedger } from '../ledger/reports/workspace-ledger.js'
import { createLogger } from '../log.js'
import type { Story } from '../model/story.js'
import type { Services } from '../services.js'
import { calendarFor } from '../web/calendar.js'
import { type CliCommand, CliUsageError } from './command.js'

interface ExportOptions {
  asOf?: string | undefined
  jurisdiction?: string | undefined
  company?: string | undefined
  /** The shipped ledger, or with `--workspace` the one with what that workspace confirmed. */
  ledger: Ledger
}

/** What can be exported, and in which forms; the first is the default. */
const EXPORTS: Record<string, Record<string, (services: Services, options: ExportOptions) => Promise<string>>> = {
  feeds: {
    opml: async ({ store }) =>
      exportOpml(
        (await store.feeds.list(null)).map((feed) => feed.entry),
        'Feeds that Facelaw watches',
        new Date()
      ),
    yaml: async ({ store }) => stringify({ feeds: (await store.feeds.list(null)).map((feed) => feed.entry) })
  },
  subscriptions: {
    yaml: async ({ store }) => stringify({ subscriptions: (await store.subscriptions.all()).map(plainSubscription) })
  },
  stories: {
    csv: async ({ store }) => storiesAsCsv(await allStories(store)),
    json: async ({ store }) => `${JSON.stringify({ stories: await allStories(store) }, null, 2)}\n`
  },
  feedback: {
    jsonl: async ({ store }) => feedbackLines(await store.feedback.list(null))
  },
  ledger: {
    csv: async (_, { ledger, asOf }) => exportLedger(ledger, { format: 'csv', ...(asOf && { asOf }) }),
    json: async (_, { ledger, asOf }) => exportLedger(ledger, { format: 'json', ...(asOf && { asOf }) })
  },
  deadlines: {
    ics: async (_, { ledger, ...filter }) => calendarFor(ledger, filter, dayOf(new Date()))
  },
  watch: {
    json: async (_, { ledger }) => `${JSON.stringify(watchList(ledger, dayOf(new Date())), null, 2)}\n`
  }
}

/** Exports that `--workspace` speaks of. */
const OF_LEDGER = ['ledger', 'deadlines', 'watch']

export const exportCommand: CliCommand = {
  name: 'export',
  summary:
    'feeds (OPML, YAML), subscriptions (YAML), feedback (JSONL), stories and the ledger (CSV, JSON) to standard output',
  usage: `usage: facelaw export feeds [--format opml|yaml]
       facelaw export subscriptions
       facelaw export stories [--format csv|json]
       facelaw export feedback          for \`npm run learn -- --feedback FILE\`
       facelaw export ledger [--format csv|json] [--as-of 2021-05-01]
       facelaw export deadlines [--format ics] [--jurisdiction US/*] [--company Amazon]
       facelaw export watch
With --workspace slack:T0123 (or discord:…, as \`export subscriptions\` names them) ledger, deadlines and watch hold what
that workspace confirmed, too.`,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        'as-of': { type: 'string' },
        jurisdiction: { type: 'string' },
        company: { type: 'string' },
        workspace: { type: 'string' }
      }
    })
    const [what = '', ...rest] = positionals
    const forms = Object.hasOwn(EXPORTS, what) ? EXPORTS[what]! : undefined
    if (!forms || rest.length > 0) throw new CliUsageError(`say what to export: ${Object.keys(EXPORTS).join(', ')}`)
    const format = values.format ?? Object.keys(forms)[0]!
    const write = Object.hasOwn(forms, format) ? forms[format] : undefined
    if (!write)
      throw new CliUsageError(`${what} can be exported as ${Object.keys(forms).join(' or ')}, not as ${format}`)
    if (values['as-of'] !== undefined && what !== 'ledger') throw new CliUsageError('--as-of belongs to the ledger')
    const { jurisdiction, company } = values
    if ((jurisdiction ?? company) !== undefined && what !== 'deadlines')
      throw new CliUsageError('--jurisdiction and --company belong to deadlines')
    if (values.workspace !== undefined && !OF_LEDGER.includes(what))
      throw new CliUsageError(`--workspace belongs to ${OF_LEDGER.join(', ')}`)
    loadDotEnv()
    const config = readConfig(io.env)
    const core = await openCore({ config, logger: createLogger(io.env.LOG_LEVEL ?? 'warn'), share: true })
    try {
      const ledger = await ledgerOf(core.services, values.workspace)
      io.stdout.write(await write(core.services, { asOf: values['as-of'], jurisdiction, company, ledger }))
      return 0
    } finally {
      await core.close()
    }
  }
}

/** @throws CliUsageError where the store knows no such workspace */
async function ledgerOf({ store, ledger }: Services, workspace: string | undefined): Promise<Ledger> {
  if (workspace === undefined) return ledger
  const colon = workspace.indexOf(':')
  const found = await store.channels.findWorkspace(workspace.slice(0, colon), workspace.slice(colon + 1))
  if (!found)
    throw new CliUsageError(
      `no workspace “${workspace}” is known; it is written slack:T0123 or discord:123, as \`facelaw export subscriptions\` names them`
    )
  return workspaceLedger(store, ledger, found.id)
}

type OwnedSubscription = Awaited<ReturnType<Services['store']['subscriptions']['all']>>[number]

function plainSubscription({ workspace, channel, subscription }: OwnedSubscription) {
  return {
    platform: workspace.platform,
    workspace: { id: workspace.externalId, name: workspace.name },
    channel: { id: channel.externalId, name: channel.name },
    mode: subscription.mode,
    filter: subscription.filter,
    createdBy: subscription.createdBy,
    createdByName: subscription.createdByName
  }
}

/**
 * One line a remark, as scripts/learning/items.ts reads it. What was said of a story's limits teaches the tagger
 * nothing and stays in the store.
 */
function feedbackLines(remarks: Awaited<ReturnType<Services['store']['feedback']['list']>>): string {
  return remarks
    .filter(({ verdict }) => verdict === 'not-relevant' || verdict === 'wrong-tag')
    .map(({ title, text, lang, verdict, detail, at }) =>
      JSON.stringify({ title, text, lang, verdict, ...(detail && { tag: detail }), at: at.toISOString() })
    )
    .map((line) => `${line}\n`)
    .join('')
}

/** Stories read at once. */
const BATCH = 500

async function allStories(store: Services['store']): Promise<Story[]> {
  const all: Story[] = []
  for (;;) {
    const { stories } = await store.stories.query({ limit: BATCH, offset: all.length })
    all.push(...stories)
    if (stories.length < BATCH) return all
  }
}

/** Feed text is hostile in a spreadsheet, too: what it would run as a formula is escaped. */
function storiesAsCsv(stories: Story[]): string {
  return toCsv(stories.map(storyRow), { header: true, escape_formulas: true, record_delimiter: 'windows' })
}

function storyRow(story: Story) {
  return {
    id: story.id,
    published: story.published.toISOString(),
    title: story.title,
    link: story.link ?? '',
    outlets: story.outlets.join('; '),
    companies: story.companies.join('; '),
    jurisdictions: story.jurisdictions.join('; '),
    kind: story.kind,
    stage: story.stage ?? '',
    lang: story.lang
  }
}
