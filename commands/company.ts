import { EVERYTHING } from '../src/alerts/match.js'
import type { Names } from '../src/alerts/names.js'
import { type Arguments, UsageError } from '../src/chat/command.js'
import { parseCommandLine } from '../src/chat/command-line.js'
import { argumentsToText, quoteIfNeeded } from '../src/chat/command-text.js'
import type { Part } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import { AS_OF_OPTION, readMoment } from '../src/chat/since.js'
import { readPage, storyPage } from '../src/chat/story-list.js'
import { answerTitle, companyParts } from '../src/ledger/answers.js'
import { rangeOf } from '../src/ledger/dates.js'
import { overviewParts } from '../src/ledger/overview.js'
import { eventMeant, subjectMeant } from '../src/ledger/record/about.js'
import type { Ledger, LedgerEvent } from '../src/ledger/record/model.js'
import { findCompany, openedWith, positionAsOf } from '../src/ledger/record/positions.js'
import { answerThere, type There } from '../src/ledger/record/there.js'
import { reportedParts } from '../src/ledger/reports/reported.js'
import { workspaceLedger } from '../src/ledger/reports/workspace-ledger.js'
import type { Command, CommandContext } from '../src/services.js'

export const company: Command = {
  name: 'company',
  description: 'Where a company stands on facial recognition, since when, by which source; its latest stories',
  permission: 'anyone',
  options: [
    { name: 'name', description: 'A company, such as Amazon; none: all on record', type: 'company', positional: true },
    { name: 'about', description: 'What to tell first: police, Azure Face, private companies', type: 'text' },
    { name: 'in', description: 'What is on record of it for one place: Illinois, GB', type: 'jurisdiction' },
    AS_OF_OPTION
  ],
  examples: ['company Amazon', 'company Amazon as-of:2021-01-01', 'company "Clearview AI" in:Illinois'],
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

/** What was asked about: a subject by its key, or something that happened. */
function readAbout(
  ledger: Ledger,
  company: string,
  args: Arguments,
  there: There | null
): { subject: string | null; event: LedgerEvent | null } {
  const typed = args.one('about')
  const entry = findCompany(ledger, company)
  if (typed === undefined || !entry) return { subject: null, event: null }
  const subject = subjectMeant(entry, ledger.positions, typed)
  const event = subject ? null : (eventMeant(entry, ledger.events, typed, there?.code)?.event ?? null)
  if (subject || event) return { subject, event }
  const subjects = Object.values(entry.subjects).map((label) => `“${label}”`)
  const known = subjects.length > 0 ? ` It takes a word of one of these: ${subjects.join(', ')}.` : ''
  throw new UsageError(`Nothing of ${company} is on record that is told by “${typed}” alone.${known}`)
}

/** The place that was asked about, by its national level where a whole tree was named. */
function readThere(names: Names, args: Arguments): There | null {
  const typed = args.one('in')
  if (typed === undefined) return null
  const code = names.place(typed).replace(/\/\*$/, '')
  return { code, name: names.placeName(code) }
}

async function show(context: CommandContext, args: Arguments, page: number): Promise<Reply> {
  const { names, store } = context.services
  const ledger = await workspaceLedger(store, context.services.ledger, context.workspace.id)
  const typed = args.one('name')
  if (typed === undefined) return showAll(context, args, ledger)
  // The ledger may know one that the lexicon does not, and the other way round.
  const name = findCompany(ledger, typed)?.name ?? names.company(typed)
  const moment = readMoment(args, context.now)
  const there = readThere(names, args)
  const { subject, event } = readAbout(ledger, name, args, there)
  const everywhere = positionAsOf(ledger, name, moment, subject)
  const whole = there ? answerThere(ledger, everywhere, there, subject) : everywhere
  // What happened later is no answer for that day.
  const answer = event && rangeOf(event.date).first <= moment.asOf ? openedWith(whole, event) : whole
  const filter = { ...EVERYTHING, companies: [name], ...(there && { jurisdictions: [there.code] }) }
  const query = { filter, ...(moment.until && { publishedUntil: moment.until }) }
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
      title: { text: answerTitle(there ? `${answer.company} in ${there.name}` : answer.company, moment) },
      parts,
      buttons: [...reported.buttons, ...stories.buttons, follow]
    }
  }
}
