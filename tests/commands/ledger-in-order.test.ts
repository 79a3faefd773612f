import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { oweReportedChanges } from '../../src/ledger/reports/news.js'
import type { Proposal } from '../../src/ledger/reports/proposal.js'
import { quietLogger } from '../fakes/databases.js'
import { type LabelledArticle, loadArticles } from '../ledger/articles.js'
import { CommandBench, person } from './harness.js'

/** Two rounds of articles that follow on each other, one outlet each; only what is known to go wrong is left out. */
const ARTICLES = loadArticles(['blind-7.yaml', 'blind-8.yaml']).filter(({ lang, fails }) => !lang && !fails)

let bench: CommandBench
beforeAll(async () => {
  bench = await CommandBench.open(new Date(`${ARTICLES[0]!.published}T00:00:00Z`))
  await bench.say('ledger confirms:either', person({ manager: true }))
}, 60_000)
afterAll(() => bench.close())

/** Every reported change that an article is a source of, once it is stored. */
async function toldBy({ published, title, text }: LabelledArticle, index: number): Promise<Proposal[]> {
  const { store, ledger } = bench.core.services
  bench.clock.now = new Date(`${published}T18:00:00Z`)
  const link = `https://example.org/${index}`
  await bench.newsOf(`Outlet ${index}`, { title, link, published: `${published}T12:00:00Z`, summary: text })
  await oweReportedChanges({ store, ledger, logger: quietLogger }, bench.clock.now)
  const workspace = (await store.channels.findWorkspace('discord', 'g1'))!.id
  const confirmed = (await store.proposals.confirmed(workspace)).map(({ proposal }) => proposal)
  const all = [...(await store.proposals.open(workspace, 1000)), ...confirmed]
  return all.filter(({ sources }) => sources.some((source) => source.link === link))
}

describe('articles in their order, where an official source or two outlets may confirm', () => {
  test('there are forty or more, ten of them without a change', () => {
    expect(ARTICLES.length).toBeGreaterThanOrEqual(40)
    expect(ARTICLES.filter(({ want }) => want === null).length).toBeGreaterThanOrEqual(10)
  })

  test.each(ARTICLES.map((article, index) => [article.published, article.title, article, index] as const))(
    '%s %s',
    async (_, __, article, index) => {
      const told = await toldBy(article, index)
      const fresh = told.filter(({ sources }) => sources.length === 1)
      if (article.want === null) expect(fresh).toEqual([])
      else
        for (const { date } of [article.want].flat()) {
          const days = told.flatMap(({ sources }) => sources.filter(({ outlet }) => outlet === `Outlet ${index}`))
          expect(days.map(({ change }) => change.date)).toContain(date)
        }
    }
  )

  test('only what two outlets told of their own has confirmed itself', async () => {
    const { store } = bench.core.services
    const workspace = (await store.channels.findWorkspace('discord', 'g1'))!.id
    const confirmed = await store.proposals.confirmed(workspace)
    expect(confirmed.map(({ proposal }) => proposal.change)).toMatchObject([
      { company: 'Amazon', state: 'resumed', date: '2027-04-01' }
    ])
  })
})
