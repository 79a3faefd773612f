import type { Arguments } from '../src/chat/command.js'
import { UsageError } from '../src/chat/command.js'
import type { Reply } from '../src/chat/platform.js'
import { AS_OF_OPTION, readMoment } from '../src/chat/since.js'
import { deadlineParts } from '../src/ledger/answers.js'
import { deadlines as findDeadlines } from '../src/ledger/deadlines.js'
import type { Command, CommandContext } from '../src/services.js'

/** Days ahead that are shown when nothing else is asked. */
const DEFAULT_DAYS = 90
/** Ten years: no law on record reaches further. */
const MOST_DAYS = 3653

export const deadlines: Command = {
  name: 'deadlines',
  description: 'Dates ahead: in force, sunsets, pauses that end, comments that close',
  permission: 'anyone',
  options: [
    { name: 'within', description: 'How far ahead: 90d (the default), 26w, 12m, 2y', type: 'text' },
    { name: 'jurisdiction', description: 'A place; US/* with its states and cities', type: 'jurisdiction' },
    { name: 'company', description: 'A company', type: 'company' },
    AS_OF_OPTION
  ],
  examples: ['deadlines', 'deadlines within:1y jurisdiction:EU/*', 'deadlines as-of:2021-06-01'],
  run: async (context, args) => show(context, args)
}

async function show(context: CommandContext, args: Arguments): Promise<Reply> {
  const { ledger, names } = context.services
  const [place, company] = [args.one('jurisdiction'), args.one('company')]
  const query = {
    from: readMoment(args, context.now).asOf,
    within: readDays(args.one('within')),
    ...(place && { jurisdiction: names.place(place) }),
    ...(company && { company: names.company(company) })
  }
  const parts = deadlineParts(ledger, findDeadlines(ledger, query), query)
  return { message: { title: { text: `Dates ahead, ${query.within} days from ${query.from}` }, parts } }
}

const DAYS = { d: 1, w: 7, m: 30.44, y: 365.25 } as const

function readDays(text: string | undefined): number {
  if (text === undefined) return DEFAULT_DAYS
  const match = /^(\d{1,4})\s*([dwmy])$/i.exec(text)
  if (!match) throw new UsageError(`\`within:\` takes a length such as 90d, 26w, 12m or 2y, not “${text}”.`)
  return Math.min(MOST_DAYS, Math.round(Number(match[1]) * DAYS[match[2]!.toLowerCase() as keyof typeof DAYS]))
}
