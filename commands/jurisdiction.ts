import { EVERYTHING } from '../src/alerts/match.js'
import type { Arguments } from '../src/chat/command.js'
import { parseCommandLine } from '../src/chat/command-line.js'
import { argumentsToText, quoteIfNeeded } from '../src/chat/command-text.js'
import type { Part } from '../src/chat/message.js'
import { otherPlacesPart } from '../src/chat/other-places.js'
import type { Reply } from '../src/chat/platform.js'
import { AS_OF_OPTION, readMoment } from '../src/chat/since.js'
import { readPage, storyPage } from '../src/chat/story-list.js'
import { answerTitle, jurisdictionParts } from '../src/ledger/answers.js'
import { rulesAsOf } from '../src/ledger/record/rules.js'
import { reportedParts } from '../src/ledger/reports/reported.js'
import { workspaceLedger } from '../src/ledger/reports/workspace-ledger.js'
import type { Command, CommandContext } from '../src/services.js'

export const jurisdiction: Command = {
  name: 'jurisdiction',
  description: 'The rules of a place: in force, on their way, gone, and the tree below it; its latest stories',
  permission: 'anyone',
  options: [
    {
      name: 'name',
      description: 'A place: Illinois, US-WA, San Francisco, EU; US/* with its states and cities',
      type: 'jurisdiction',
      positional: true,
      required: true
    },
    AS_OF_OPTION
  ],
  examples: ['jurisdiction Illinois', 'jurisdiction US-VA as-of:2021-09-01', 'jurisdiction "San Francisco"'],
  run: (context, args) => show(context, args, 0),
  async press(context, argument) {
    const page = readPage(argument)
    const { args } = parseCommandLine(`jurisdiction ${page?.line ?? argument}`, context.services.commands)
    return { ...(await show(context, args, page?.page ?? 0)), replace: true }
  }
}

async function show(context: CommandContext, args: Arguments, page: number): Promise<Reply> {
  const { names, store, lexicon } = context.services
  const ledger = await workspaceLedger(store, context.services.ledger, context.workspace.id)
  const typed = args.one('name') ?? ''
  const code = names.place(typed)
  const moment = readMoment(args, context.now)
  const answer = rulesAsOf(ledger, code, moment, names.placeName)
  const query = {
    filter: { ...EVERYTHING, jurisdictions: [code] },
    ...(moment.until && { publishedUntil: moment.until })
  }
  const stories = await storyPage(context, query, page, { command: 'jurisdiction', line: argumentsToText(args) })
  const parts: Part[] = page === 0 ? jurisdictionParts(ledger, answer) : []
  if (page === 0) parts.unshift(...otherPlacesPart({ typed, code }, { ledger, lexicon }))
  // What is reported today says nothing of a day gone by.
  const reported =
    page === 0 && !moment.until
      ? await reportedParts(store, ledger, context.workspace.id, [answer.place])
      : { parts: [], buttons: [] }
  parts.push(...reported.parts)
  if (stories.total > 0) parts.push({ type: 'heading', text: 'Latest stories' }, ...stories.parts)
  const follow = { label: 'Follow this place', action: `subscribe:follow jurisdiction:${quoteIfNeeded(code)}` }
  return {
    message: {
      title: { text: answerTitle(names.placeWithCode(code), moment) },
      parts,
      buttons: [...reported.buttons, ...stories.buttons, follow]
    }
  }
}
