import { expect, test } from '@jest/globals'
import { IMPLIED_PLACE, type Tags } from '../../src/model/tags.js'
import { eachDatabase } from '../fakes/databases.js'
import { addFeed, article, entry, firstCandidate, live } from './samples.js'

/** "De politie", in a Dutch paper: its language alone says where. */
const dutch: Partial<Tags> = {
  companies: ['Amazon'],
  jurisdictions: ['NL'],
  lang: 'nl',
  evidence: [{ tag: 'jurisdiction:NL', field: 'text', start: 0, end: 9, reason: IMPLIED_PLACE }]
}
const named: Partial<Tags> = { ...dutch, evidence: [{ ...dutch.evidence![0]!, reason: 'names Nederland' }] }
const nowhere: Partial<Tags> = { companies: ['Amazon'], jurisdictions: [] }

eachDatabase('the places of a story', (database) => {
  /** Those of the story that the articles tell, one outlet each. */
  async function placesAfter(...told: Partial<Tags>[]): Promise<string[] | undefined> {
    const store = await database.open()
    for (const [index, tags] of told.entries()) {
      const feed = await addFeed(store, entry({ url: `http://127.0.0.1/${index}`, publisher: `Outlet ${index}` }))
      await store.articles.ingest(feed, article(`${index}`, {}, tags), { ...live, choose: firstCandidate })
    }
    return (await store.stories.find(1))?.jurisdictions
  }

  test.each([
    ['are those of all its articles', [{}, named], ['US-WA/Seattle', 'NL']],
    ['none twice', [{}, { jurisdictions: ['US-WA/Seattle', 'US'] }], ['US-WA/Seattle', 'US']],
    ['not one that an article’s language alone implies', [{}, dutch], ['US-WA/Seattle']],
    ['but that too where no article names one', [nowhere, dutch], ['NL']],
    ['and beside the one that a later article names', [dutch, {}], ['NL', 'US-WA/Seattle']]
  ] as [string, Partial<Tags>[], string[]][])('%s', async (_name, told, places) => {
    expect(await placesAfter(...told)).toEqual(places)
  })
})
