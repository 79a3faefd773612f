import type { NewArticle } from '../src/store/articles/articles.js'

/** A relevant article as the poll loop would hand it on; every number another event. */
export function relevantArticle(number: number, over: Partial<NewArticle['tags']> = {}): NewArticle {
  const title = `Council number ${number} votes on face recognition by Company ${number % 97}`
  const key = `guid:bench-${number}`
  return {
    identity: {
      item: {
        id: `bench-${number}`,
        title,
        link: `https://paper.example/${number}`,
        published: null,
        summary:
          'The council voted 7 to 2 on Tuesday to end the use of face recognition by the police. It begins in May.'
      },
      keys: [key],
      sameIf: [[key]]
    },
    tags: {
      relevant: true,
      score: 0.98,
      companies: [`Company ${number % 97}`],
      jurisdictions: ['US-WA'],
      kind: 'legislation',
      stage: 'passed',
      lang: 'en',
      evidence: [],
      ...over
    }
  }
}
