import { compareDates, dateInWords, daysBetween, type PartialDate, precision, rangeOf } from '../dates.js'
import { EFFECT_NOUNS, marksInWords, onDate, ruleContent, STAGE_WORDS } from '../words.js'
import { believedBy, knowledgeDay } from './knowledge.js'
import { type LadderStanding, type SetDay, setDay, standingOn } from './ladder.js'
import { doubtMarks, isCertain, type Mark, momentMarks, staleMarks } from './marks.js'
import type { Ledger, Moment, Rule, RuleStage } from './model.js'

/** Days without news after which a pending rule, or one whose end nobody saw, is marked: most are decided within a year. */
const QUIET_DAYS = 365

/** How `jurisdiction` lists a rule. */
export type RuleGroup = 'in-force' | 'on-the-way' | 'gone'

/** Where one rule stood on the day asked about. */
export interface RuleStanding {
  rule: Rule
  stage: RuleStage
  group: RuleGroup
  /** Since when it has been at this stage; null when that day was not seen. */
  since: PartialDate | null
  /** When it was to come into force, as set by that day, for one that has passed and is still to do so. */
  comes: PartialDate | null
  /** When it was to end, as set by that day, for one that has not ended. */
  ends: PartialDate | null
  replacedBy: Rule | null
  marks: Mark[]
  certain: boolean
  sentence: string
  /** The instrument with where it stood in brackets, for a list inside a sentence. */
  inShort: string
}

/** Where every rule of one place stood, newest first; rules that had not begun are left out. */
export function standingsOf(ledger: Ledger, place: string, moment: Moment): RuleStanding[] {
  const knowledge = knowledgeDay(moment)
  const rules = believedBy(ledger.rules, knowledge).filter((rule) => rule.place === place)
  const standings: RuleStanding[] = []
  for (const rule of rules) {
    const ladder = standingOn(rule, moment.asOf, knowledge)
    if (ladder) standings.push(standing(ledger, rule, ladder, rules, moment))
  }
  return standings.sort((a, b) => compareDates(firstDate(b.rule), firstDate(a.rule)))
}

function standing(ledger: Ledger, rule: Rule, ladder: LadderStanding, rules: Rule[], moment: Moment): RuleStanding {
  const knowledge = knowledgeDay(moment)
  const replacer = ladder.stage === 'in-force' ? replacerOf(rule, rules, moment) : null
  const stage = replacer ? 'repealed' : ladder.stage
  const group = groupOf(stage)
  const comes = group === 'on-the-way' ? setDay(rule, 'in-force', moment.asOf, knowledge) : null
  const ends = group === 'gone' ? null : setDay(rule, 'expired', moment.asOf, knowledge)
  // The ladder speaks of the first day of effect, where it matters.
  const { effect: _, ...otherDoubts } = rule.doubts
  const marks = [
    ...ladder.marks,
    ...doubtMarks(otherDoubts).map((mark) => (mark.kind === 'end' ? { ...mark, bears: isOld(ladder, moment) } : mark)),
    ...(replacer?.standing.marks.filter((mark) => mark.bears) ?? []),
    ...formerReplacerMarks(rule, rules, moment),
    ...(group === 'on-the-way' && !comes ? pendingMarks(ladder, moment) : []),
    ...comingMarks(comes, ends),
    ...staleMarks(rule, moment.now),
    ...momentMarks(ledger, moment)
  ]
  const since = replacer ? (replacer.standing.since ?? replacer.standing.rung.step.date) : ladder.since
  const answer = {
    rule,
    stage,
    group,
    since,
    comes: comes?.date ?? null,
    ends: ends?.date ?? null,
    replacedBy: replacer?.rule ?? null,
    marks: unique(marks),
    certain: isCertain(marks)
  }
  return { ...answer, sentence: ruleSentence(answer, ladder, comes, ends), inShort: ruleInShort(answer, ladder) }
}

function replacerOf(rule: Rule, rules: Rule[], moment: Moment): { rule: Rule; standing: LadderStanding } | null {
  for (const other of rules) {
    if (!other.supersedes.includes(rule.id)) continue
    const standing = standingOn(other, moment.asOf, knowledgeDay(moment))
    if (standing?.stage === 'in-force') return { rule: other, standing }
  }
  return null
}

/** A rule that is back because what replaced it ended is as doubtful as that end. */
function formerReplacerMarks(rule: Rule, rules: Rule[], moment: Moment): Mark[] {
  const marks: Mark[] = []
  for (const other of rules.filter((candidate) => candidate.supersedes.includes(rule.id))) {
    const standing = standingOn(other, moment.asOf, knowledgeDay(moment))
    if (standing && groupOf(standing.stage) === 'gone') marks.push(...standing.marks)
  }
  return marks
}

/** Whether its last step lies so far back that an end, or news of it, may have been missed. */
function isOld(ladder: LadderStanding, moment: Moment): boolean {
  const date = ladder.rung.step.date
  return date !== null && daysBetween(rangeOf(date).last, moment.asOf) > QUIET_DAYS
}

function pendingMarks(ladder: LadderStanding, moment: Moment): Mark[] {
  const date = ladder.rung.step.date
  if (!date || !isOld(ladder, moment)) return []
  return [{ kind: 'no-news', text: `no later news than of ${dateInWords(date)}`, bears: true }]
}

function groupOf(stage: RuleStage): RuleGroup {
  if (stage === 'in-force') return 'in-force'
  return stage === 'proposed' || stage === 'passed' ? 'on-the-way' : 'gone'
}

/** Doubts about dates that lie ahead are told, and bear on no day before them. */
function comingMarks(...days: (SetDay | null)[]): Mark[] {
  const steps = days.flatMap((day) => day?.steps ?? [])
  return steps.flatMap(({ doubts }) => doubtMarks(doubts)).map((mark) => ({ ...mark, bears: false }))
}

type Standing = Omit<RuleStanding, 'sentence' | 'inShort'>

function ruleSentence(standing: Standing, ladder: LadderStanding, comes: SetDay | null, ends: SetDay | null): string {
  const note = !standing.replacedBy && ladder.rung.step.note ? ` (${ladder.rung.step.note})` : ''
  const start = comes ? `${startWords(standing)}${moveWords(comes)}` : ''
  const end = ends ? `, until ${dateInWords(ends.date)}${moveWords(ends)}` : ''
  const content = `${standing.rule.instrument}: ${stageClause(standing, ladder)}${note}${start}${end}`
  return `${content}. ${ruleContent(standing.rule)}.${marksInWords(standing.marks)}`
}

function ruleInShort(standing: Standing, ladder: LadderStanding): string {
  const { rule, group, since, comes, ends } = standing
  const onRecord = beganEarlier(standing) ? 'on record ' : ''
  const stage = group === 'in-force' && since ? `${onRecord}since ${dateInWords(since)}` : stageClause(standing, ladder)
  const doubts = { ...rule.doubts, ...ladder.rung.step.doubts }
  const words = [stage + (comes ? startWords(standing) : ''), ...(ends ? [`until ${dateInWords(ends)}`] : [])]
  const date = since ?? ladder.rung.step.date ?? ''
  const unit = doubts.month ? 'month' : 'day'
  // Of a date that is told by its year alone there is no day to doubt.
  if (group !== 'gone' && doubts[unit] && precision(date) !== 'year') words.push(`${unit} uncertain`)
  // What a rule does is told while it can do it.
  if (group !== 'gone') words.unshift(EFFECT_NOUNS[rule.effect])
  const { instrument } = rule
  return instrument.endsWith(')')
    ? `${instrument.slice(0, -1)}; ${words.join(', ')})`
    : `${instrument} (${words.join(', ')})`
}

function startWords({ comes, stage }: Standing): string {
  return comes ? `, ${stage === 'proposed' ? 'meant ' : ''}to come into force ${onDate(comes)}` : ''
}

/** What a date was before it moved, and what it was moved to after the day asked about. */
function moveWords({ before, later }: SetDay): string {
  const words: string[] = []
  if (before.length > 0) words.push(`before: ${inTurn(before)}`)
  if (later.length > 0) words.push(later.at(-1) ? `since moved to ${inTurn(later)}` : 'since taken away')
  return words.length > 0 ? ` (${words.join('; ')})` : ''
}

function inTurn(dates: readonly (PartialDate | null)[]): string {
  return dates.map((date) => (date ? dateInWords(date) : 'never')).join(', then ')
}

/** In force already when it was first told of: the day on record is not the first of effect. */
function beganEarlier({ rule, stage, since }: Standing): boolean {
  return stage === 'in-force' && since !== null && rule.doubts.effect !== undefined
}

function stageClause(standing: Standing, ladder: LadderStanding): string {
  const { replacedBy, since, stage } = standing
  if (replacedBy) return `replaced by ${replacedBy.instrument}${since ? ` ${onDate(since)}` : ''}`
  if (since === null) return `passed ${onDate(ladder.rung.step.date!)}, taken to be in force`
  const onRecord = beganEarlier(standing) ? ', on record' : ''
  return stage === 'in-force'
    ? `in force${onRecord} since ${dateInWords(since)}`
    : `${STAGE_WORDS[stage]} ${onDate(since)}`
}

/** The first day of a rule's ladder. */
export function firstDate(rule: Rule): PartialDate {
  const dates = rule.steps.flatMap((step) => step.date ?? [])
  return dates.sort(compareDates)[0]!
}

function unique(marks: Mark[]): Mark[] {
  return marks.filter((mark, index) => {
    const told = marks.findIndex((other) => other.text.endsWith(mark.text))
    return told === index
  })
}
