import { EVERYTHING } from '../src/alerts/match.js'
import type { Arguments } from '../src/chat/command.js'
import { parseCommandLine } from '../src/chat/command-line.js'
import { argumentsToText, quoteIfNeeded } from '../src/chat/command-text.js'
import type { Part } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import { AS_OF_OPTION, readMoment } from '../src/chat/since.js'
import { readPage, storyPage } from '../src/chat/story-list.js'
import { answerTitle, companyParts } from '../src/ledger/answers.js'
import { overviewParts } from '../src/ledger/overview.js'
import type { Ledger } from '../src/ledger/record/model.js'
import { findCompany, positionAsOf } from '../src/ledger/record/positions.js'
import { reportedParts } from '../src/ledger/reports/reported.js'
import { workspaceLedger } from '../src/ledger/reports/workspace-ledger.js'
import type { Command, CommandContext } from '../src/services.js'

export const company: Command = {
  name: 'company',
  description: 'Where a company stands on facial recognition, since when, by which source; its latest stories',
  permission: 'anyone',
  options: [
    { name: 'name', description: 'A company, such as Amazon; none: all on record', type: 'company', positional: true },
    AS_OF_OPTION
  ],
  examples: ['company Amazon', 'company Amazon as-of:2021-01-01', 'company "Clearview AI"'],
  run: (context, args) => show(context, args, 0),
  async press(context, argument) {
    const page = readPage(argument)
    const { args } = parseCommandLine(`company ${page?.line ?? argument}`, context.services.commands)
    return { ...(await show(context, args, page?.page ?? 0)), replace: true }
  }
}

/** Where every company on record stands, on what tells most of it. */
function showAll(context: CommandContext, args: Arguments, ledger: Ledger): Reply {
  const moment = readMoment(args, context.now)
  return {
    message: { title: { text: answerTitle('Companies on record', moment) }, parts: overviewParts(ledger, moment) }
  }
}

async function show(context: CommandContext, args: Arguments, page: number): Promise<Reply> {
  const { names, store } = context.services
  const ledger = await workspaceLedger(store, context.services.ledger, context.workspace.id)
  const typed = args.one('name')
  if (typed === undefined) return showAll(context, args, ledger)
  // The ledger may know one that the lexicon does not, and the other way round.
  const name = findCompany(ledger, typed)?.name ?? names.company(typed)
  const moment = readMoment(args, context.now)
  const answer = positionAsOf(ledger, name, moment)
  const query = { filter: { ...EVERYTHING, companies: [name] }, ...(moment.until && { publishedUntil: moment.until }) }
  const stories = await storyPage(context, query, page, { command: 'company', line: argumentsToText(args) })
  const parts: Part[] = page === 0 ? companyParts(ledger, answer) : []
  // What is reported today says nothing of a day gone by.
  const reported =
    page === 0 && !moment.until
      ? await reportedParts(store, ledger, context.workspace.id, [...new Set([name, answer.company])])
      : { parts: [], buttons: [] }
  parts.push(...reported.parts)
  if (stories.total > 0) parts.push({ type: 'heading', text: 'Latest stories' }, ...stories.parts)
  const follow = {
    label: `Follow ${answer.company}`,
    action: `subscribe:follow company:${quoteIfNeeded(answer.company)}`
  }
  return {
    message: {
      title: { text: answerTitle(answer.company, moment) },
      parts,
      buttons: [...reported.buttons, ...stories.buttons, follow]
    }
  }
}
