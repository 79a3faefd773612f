import { type Arguments, UsageError } from '../src/chat/command.js'
import type { Reply } from '../src/chat/platform.js'
import { AS_OF_OPTION, readMoment } from '../src/chat/since.js'
import { answerTitle, comparisonParts } from '../src/ledger/answers.js'
import { compare as compareTwo, NotComparable } from '../src/ledger/compare.js'
import { findCompany } from '../src/ledger/record/positions.js'
import { workspaceLedger } from '../src/ledger/reports/workspace-ledger.js'
import type { Command, CommandContext, Services } from '../src/services.js'

export const compare: Command = {
  name: 'compare',
  description: 'Two places or two companies side by side: the differences',
  permission: 'anyone',
  options: [
    { name: 'first', description: 'A company or a place', type: 'text', positional: true, required: true },
    { name: 'second', description: 'Another of the same sort', type: 'text', positional: true, required: true },
    AS_OF_OPTION
  ],
  examples: ['compare Illinois Texas', 'compare Amazon Microsoft', 'compare US-WA US-CA as-of:2021-07-01'],
  run: async (context, args) => show(context, args)
}

async function show(context: CommandContext, args: Arguments): Promise<Reply> {
  const { store, names } = context.services
  const ledger = await workspaceLedger(store, context.services.ledger, context.workspace.id)
  const moment = readMoment(args, context.now)
  const [first, second] = readTwo(context.services, args.one('first') ?? '', args.one('second') ?? '')
  try {
    const comparison = compareTwo(ledger, first, second, moment, names.placeName)
    const title = { text: answerTitle(`${comparison.a} and ${comparison.b}`, moment) }
    return { message: { title, parts: comparisonParts(ledger, comparison) } }
  } catch (error) {
    if (error instanceof NotComparable) throw new UsageError(error.message)
    throw error
  }
}

/** What people say between the two: "compare Illinois and Texas". */
const BETWEEN = /^(and|with|to|vs\.?|versus|,)\s+/i

/**
 * The two names, made canonical. Names of several words come without quotes, too ("San Francisco Portland"): they are
 * parted where both halves are known.
 */
function readTwo(services: Services, first: string, second: string): [string, string] {
  const words = `${first} ${second}`.split(/\s+/)
  const cuts = [first.split(/\s+/).length, ...words.keys()].filter((cut) => cut > 0 && cut < words.length)
  for (const cut of cuts) {
    const left = canonical(services, words.slice(0, cut).join(' '))
    const right = canonical(services, words.slice(cut).join(' ').replace(BETWEEN, ''))
    if (left && right) return [left, right]
  }
  return [known(services, first), known(services, second)]
}

/** @throws UnknownName where neither the lexicon nor the ledger has the name */
function known(services: Services, typed: string): string {
  const name = canonical(services, typed) ?? findCompany(services.ledger, typed)?.name
  return name ?? services.names.company(typed)
}

/** A company's name or a place's code; a place wins where a name is both, companies have other names. */
function canonical({ lexicon }: Services, typed: string): string | null {
  return lexicon.jurisdiction(typed)?.code ?? lexicon.company(typed)?.name ?? null
}
