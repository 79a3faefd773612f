import { rangeOf } from '../dates.js'
import type { Ledger, LedgerRecord, Position, Rule } from './model.js'

/** What the schema cannot see, across records: one sentence a fault, with file and record. */
export function findFaults(ledger: Ledger): string[] {
  const records: LedgerRecord[] = [...ledger.positions, ...ledger.rules, ...ledger.events]
  return [
    ...repeatedIds(records),
    ...repeatedNames(ledger),
    ...records.flatMap((record) => recordFaults(record, records)),
    ...ledger.positions.flatMap((position) => positionFaults(position, ledger)),
    ...ledger.rules.flatMap((rule) => ruleFaults(rule, ledger)),
    ...ledger.events.flatMap((event) =>
      undeclared(event.places, ledger).map((code) => fault(event, `names ${code}, which no file lists as a place`))
    )
  ]
}

function fault(record: LedgerRecord, words: string): string {
  return `${record.file}, record ${record.id}: ${words}`
}

function repeatedIds(records: LedgerRecord[]): string[] {
  const seen = new Map<string, LedgerRecord>()
  const faults: string[] = []
  for (const record of records) {
    const first = seen.get(record.id)
    if (first)
      faults.push(fault(record, `its id is taken by a record of ${first.file}; ids are for ever, take a new one`))
    seen.set(record.id, record)
  }
  return faults
}

function repeatedNames(ledger: Ledger): string[] {
  const names = [...ledger.companies.map((entry) => entry.name), ...ledger.places.map((entry) => entry.code)]
  const repeated = names.filter((name, index) => names.indexOf(name) !== index)
  return repeated.map((name) => `${name} is listed twice; keep one block and put all its records there`)
}

function recordFaults(record: LedgerRecord, all: LedgerRecord[]): string[] {
  const faults: string[] = []
  if (record.sources.length === 0 && !record.doubts.fact)
    faults.push(fault(record, 'has no source; give an address, or say under doubts, fact: where it comes from'))
  if (!record.corrects) return faults
  const wrong = all.find((other) => other.id === record.corrects)
  if (!wrong) return [...faults, fault(record, `corrects ${record.corrects}, which does not exist`)]
  if (wrong.type !== record.type) faults.push(fault(record, `corrects ${wrong.id}, which is no ${record.type}`))
  if (rangeOf(record.known).first < rangeOf(wrong.known).first)
    faults.push(fault(record, `was known before ${wrong.id}, which it corrects; mend one of the two "known" dates`))
  return faults
}

function positionFaults(position: Position, ledger: Ledger): string[] {
  const faults: string[] = []
  const subjects = ledger.companies.find((entry) => entry.name === position.company)?.subjects ?? {}
  if (!Object.hasOwn(subjects, position.subject))
    faults.push(fault(position, `its subject ${position.subject} is not among the subjects of ${position.company}`))
  if (position.end?.date && rangeOf(position.end.date).last < rangeOf(position.since).first)
    faults.push(fault(position, 'ends before it begins; mend since or end'))
  for (const code of undeclared(position.scope, ledger))
    faults.push(fault(position, `names ${code}, which no file lists as a place`))
  return faults
}

function ruleFaults(rule: Rule, ledger: Ledger): string[] {
  const faults: string[] = []
  for (const id of [...rule.supersedes, ...rule.amends]) {
    const other = ledger.rules.find((candidate) => candidate.id === id)
    if (!other) faults.push(fault(rule, `supersedes or amends ${id}, which is no rule`))
    else if (other.place !== rule.place) faults.push(fault(rule, `supersedes or amends ${id}, a rule of another place`))
  }
  for (const step of rule.steps) {
    if (step.date === null && !step.moves) faults.push(fault(rule, 'has a step with date never that moves nothing'))
    if (!step.moves) continue
    const moved = rule.steps.find((other) => other.stage === step.stage && other.date === step.moves && other !== step)
    if (!moved) faults.push(fault(rule, `moves ${step.moves}, but no other step of stage ${step.stage} has that date`))
    if (moved && rangeOf(step.known).first < rangeOf(moved.known).first)
      faults.push(fault(rule, `moves ${step.moves} before that date was known; give the moving step its known date`))
  }
  return faults
}

function undeclared(codes: string[], ledger: Ledger): string[] {
  return codes.filter((code) => !ledger.places.some((place) => place.code === code))
}
