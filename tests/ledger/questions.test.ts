import { describe, expect, test } from '@jest/globals'
import { loadLedger } from '../../src/ledger/record/load.js'
import { positionAsOf } from '../../src/ledger/record/positions.js'
import { rulesAsOf } from '../../src/ledger/record/rules.js'
import { COMPANY_QUESTIONS, type CompanyQuestion, PLACE_QUESTIONS, type PlaceQuestion, TODAY } from './questions.js'

const ledger = loadLedger()

function titleOf({ asOf, ...question }: CompanyQuestion | PlaceQuestion): string {
  const subject = 'company' in question ? (question.subject ?? '') : (question.rule ?? '')
  return `${'company' in question ? question.company : question.place} ${subject} ${asOf ?? 'today'}: ${question.expect}`
}

test('there are more than 70 questions, a good part of them as of a date', () => {
  const all = [...COMPANY_QUESTIONS, ...PLACE_QUESTIONS]
  expect(all.length).toBeGreaterThan(70)
  expect(all.filter((question) => question.asOf).length).toBeGreaterThan(30)
})

describe('companies', () => {
  test.each(COMPANY_QUESTIONS.map((question) => [titleOf(question), question] as const))('%s', (_, question) => {
    const answer = positionAsOf(ledger, question.company, { asOf: question.asOf ?? TODAY, now: TODAY })
    const subject = question.subject
      ? answer.subjects.find((candidate) => candidate.subject === question.subject)
      : answer.subjects[0]
    const told = subject ?? {
      status: answer.status,
      state: null,
      since: null,
      sentence: answer.sentence,
      certain: false
    }
    const sentence = question.subject ? told.sentence : answer.sentence
    expect(told.state ?? told.status).toBe(question.expect)
    if (question.since) expect(told.since).toBe(question.since)
    if (question.says) expect(sentence).toContain(question.says)
    expect(told.certain).toBe(told.state !== null && !question.doubtful)
  })
})

describe('places', () => {
  test.each(PLACE_QUESTIONS.map((question) => [titleOf(question), question] as const))('%s', (_, question) => {
    const answer = rulesAsOf(ledger, question.place, { asOf: question.asOf ?? TODAY, now: TODAY })
    if (!question.rule) {
      expect(answer).toMatchObject({ status: question.expect, certain: false })
      if (question.says) expect([answer.sentence, ...answer.nearby].join(' ')).toContain(question.says)
      return
    }
    const standings = [...answer.inForce, ...answer.onTheWay, ...answer.gone]
    const standing = standings.find((candidate) => candidate.rule.id === question.rule)
    expect(standing?.stage ?? 'none').toBe(question.expect)
    if (question.since) expect(standing?.since).toBe(question.since)
    if (question.says) expect(standing?.sentence).toContain(question.says)
    if (standing && question.doubtful) expect(standing.certain).toBe(false)
  })
})

test('nothing is said with certainty of a day before the first record, or for a name that is on no record', () => {
  for (const { name } of ledger.companies)
    expect(positionAsOf(ledger, name, { asOf: '1999-01-01', now: TODAY }).certain).toBe(false)
  for (const { code } of ledger.places)
    expect(rulesAsOf(ledger, code, { asOf: '1999-01-01', now: TODAY }).certain).toBe(false)
})

test('nothing is said with certainty of a day ahead', () => {
  for (const { name } of ledger.companies)
    expect(positionAsOf(ledger, name, { asOf: '2031-01-01', now: TODAY }).certain).toBe(false)
  for (const { code } of ledger.places)
    expect(rulesAsOf(ledger, code, { asOf: '2031-01-01', now: TODAY }).certain).toBe(false)
})
