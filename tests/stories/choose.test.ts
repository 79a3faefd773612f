import { describe, expect, test } from '@jest/globals'
import type { Story } from '../../src/model/story.js'
import type { StoryCandidate } from '../../src/store/articles/articles.js'
import { chooseStory } from '../../src/stories/choose.js'
import {
  frenchFine,
  frenchFineInEnglish,
  greekFine,
  item,
  libraryGates,
  libraryGatesInGerman,
  poolGates,
  type Sample,
  tacomaPasses,
  tacomaRepeals
} from './samples.js'

const seenAt = new Date('2026-11-23T09:00:00Z')

function arriving(sample: Sample): Parameters<typeof chooseStory>[0] {
  const { title, text, tags, published } = item(sample)
  const feedItem = { id: null, title, link: null, published: published ?? null, summary: text }
  return { item: feedItem, tags, outlet: 'The Newcomer', seenAt, quiet: false }
}

function candidate(id: number, ...samples: Sample[]): StoryCandidate {
  const lead = item(samples[0]!)
  const story: Story = {
    id,
    title: lead.title,
    link: null,
    outlet: 'The First',
    summary: lead.text,
    lang: lead.tags.lang,
    companies: lead.tags.companies,
    jurisdictions: lead.tags.jurisdictions,
    kind: lead.tags.kind ?? 'other',
    stage: lead.tags.stage,
    score: 0.9,
    published: new Date(lead.published ?? seenAt),
    firstSeenAt: seenAt,
    updatedAt: seenAt,
    articleCount: samples.length,
    outlets: ['The First'],
    quiet: false
  }
  const articles = samples.map((sample) => ({
    title: sample.title,
    summary: sample.text ?? '',
    lang: sample.lang ?? 'en',
    outlet: 'The First',
    link: null,
    published: sample.published === undefined ? null : new Date(sample.published),
    seenAt,
    quiet: false,
    placeImplied: sample.placeImplied ?? false
  }))
  return { story, articles }
}

/** The same, from a feed's first poll. */
function readFirst(id: number, ...samples: Sample[]): StoryCandidate {
  const { story, articles } = candidate(id, ...samples)
  return { story, articles: articles.map((told) => ({ ...told, quiet: true })) }
}

describe('chooseStory', () => {
  test('joins the story of the same event and says why', () => {
    const choice = chooseStory(arriving(frenchFineInEnglish), [candidate(7, greekFine), candidate(8, frenchFine)])
    expect(choice?.storyId).toBe(8)
    expect(choice?.reason).toMatch(/^same company, place and kind, .*20,000,000.*1 day apart$/)
  })

  test('starts a new story where no candidate tells the event', () => {
    expect(chooseStory(arriving(tacomaRepeals), [candidate(3, tacomaPasses), candidate(4, frenchFine)])).toBeNull()
    expect(chooseStory(arriving(tacomaRepeals), [])).toBeNull()
    expect(chooseStory(arriving(tacomaRepeals), [{ ...candidate(3, tacomaRepeals), articles: [] }])).toBeNull()
  })

  test('gives the same answer whatever the order of the candidates, the older story of two equal ones', () => {
    const candidates = [candidate(9, tacomaPasses), candidate(5, tacomaPasses), candidate(6, greekFine)]
    expect(chooseStory(arriving(tacomaPasses), candidates)?.storyId).toBe(5)
    expect(chooseStory(arriving(tacomaPasses), candidates.reverse())?.storyId).toBe(5)
  })

  test('gives a vague telling to the only story that is near, unless its outlet told that one already', () => {
    const vague = { ...arriving(libraryGatesInGerman), quiet: true }
    const [library, pool] = [readFirst(3, libraryGates), readFirst(4, poolGates)]
    expect(chooseStory(vague, [library, candidate(5, greekFine)])?.storyId).toBe(3)
    expect(chooseStory(vague, [library, pool])).toBeNull()
    expect(chooseStory({ ...vague, outlet: 'The First' }, [library])).toBeNull()
  })

  test('an outlet that told the story months ago may tell of it vaguely again, when others told it lately', () => {
    const old = { ...libraryGates, title: 'Lahti lets readers in by face', published: '2026-08-01' }
    const story = readFirst(3, old, { ...libraryGates, published: '2026-11-22' })
    story.articles[1]!.outlet = 'The Second'
    const vague = arriving({ ...libraryGatesInGerman, published: '2026-11-23' })
    expect(chooseStory({ ...vague, outlet: 'The First' }, [story])?.storyId).toBe(3)
    expect(chooseStory({ ...vague, outlet: 'The Second' }, [story])).toBeNull()
  })

  test('gives it there however little it has in common with the rest of the story', () => {
    const others = [{ ...libraryGates, title: 'Cards are back', text: 'Nobody need show a face, says the town.' }]
    const told = readFirst(3, libraryGates, ...others, ...others, ...others)
    expect(chooseStory({ ...arriving(libraryGatesInGerman), quiet: true }, [told])?.storyId).toBe(3)
  })

  test('takes the moment at which it saw an undated article for its date, but not with a feed’s first poll', () => {
    const { published: _date, ...undated } = tacomaPasses
    const vague: Sample = {
      title: 'Tacoma’s chief says his hands are tied',
      text: 'Officers had hoped for the cameras, he said, but would obey.',
      places: ['US-WA/Tacoma'],
      kind: 'other'
    }
    expect(chooseStory(arriving(vague), [candidate(3, undated)])?.reason).toMatch(/on one day$/)
    const first = chooseStory({ ...arriving(vague), quiet: true }, [readFirst(3, undated)])
    expect(first?.reason ?? '').not.toMatch(/on one day/)
  })

  test('an undated article does not join a story that was seen two years before, undated too', () => {
    const { published: _date, ...undated } = tacomaPasses
    const reworded = {
      ...undated,
      title: 'Tacoma forbids its departments face recognition',
      text: 'The council voted.'
    }
    const longAgo = candidate(3, undated)
    for (const article of longAgo.articles) article.seenAt = new Date('2024-11-20T09:00:00Z')
    expect(chooseStory(arriving(reworded), [candidate(3, undated)])?.storyId).toBe(3)
    expect(chooseStory(arriving(reworded), [longAgo])).toBeNull()
  })
})
