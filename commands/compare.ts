import { type Arguments, UsageError } from '../src/chat/command.js'
import type { Reply } from '../src/chat/platform.js'
import { AS_OF_OPTION, readMoment } from '../src/chat/since.js'
import { answerTitle, comparisonParts } from '../src/ledger/answers.js'
import { compare as compareTwo, NotComparable } from '../src/ledger/compare.js'
import { workspaceLedger } from '../src/ledger/workspace-ledger.js'
import type { Command, CommandContext } from '../src/services.js'

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
  const { store } = context.services
  const ledger = await workspaceLedger(store, context.services.ledger, context.workspace.id)
  const moment = readMoment(args, context.now)
  const [first, second] = [canonical(context, args.one('first') ?? ''), canonical(context, args.one('second') ?? '')]
  try {
    const comparison = compareTwo(ledger, first, second, moment)
    const title = { text: answerTitle(`${comparison.a} and ${comparison.b}`, moment) }
    return { message: { title, parts: comparisonParts(ledger, comparison) } }
  } catch (error) {
    if (error instanceof NotComparable) throw new UsageError(error.message)
    throw error
  }
}

/** A company's name or a place's code; a place wins where a name is both, companies have other names. */
function canonical({ services }: CommandContext, typed: string): string {
  const place = services.lexicon.jurisdiction(typed)
  if (place) return place.code
  return services.lexicon.company(typed)?.name ?? typed
}
