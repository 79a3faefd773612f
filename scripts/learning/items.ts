import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kind, Stage, TaggableText } from '../../src/model/tags.js'
import { packageRoot } from '../../src/package-root.js'

/** A labelled item, as in lexicon/gold/. */
export interface GoldItem extends TaggableText {
  id: string
  relevant: boolean
  borderline: boolean
  companies: string[]
  jurisdictions: string[]
  kind: Kind | null
  stage: Stage | null
  cluster: string | null
  /** `dev`: from the shared set beside the project; `gold`: the project's own; `feedback`: what people said in the chats. */
  origin: 'gold' | 'dev' | 'feedback'
  /** Feedback speaks of one thing only: relevance, or one tag that was wrong. */
  wrongTag?: string
}

/** One line of the feedback file; lexicon/README.md describes it. */
interface FeedbackLine {
  title: string
  text: string
  lang?: string
  verdict: 'not-relevant' | 'wrong-tag'
  tag?: string
}

/** The project's own items, then the shared development items where the project stands beside them, then feedback. */
export function readItems(feedbackFile: string | null): GoldItem[] {
  const folder = join(packageRoot, 'lexicon', 'gold')
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
    : []
  const own = files.flatMap((file) =>
    readLines<GoldItem>(join(folder, file)).map((item) => ({ ...item, origin: 'gold' as const }))
  )
  const shared = join(packageRoot, '..', 'shared', 'eval', 'dev.jsonl')
  const dev = existsSync(shared) ? readLines<GoldItem>(shared).map((item) => ({ ...item, origin: 'dev' as const })) : []
  const feedback =
    feedbackFile && existsSync(feedbackFile) ? readLines<FeedbackLine>(feedbackFile).map(fromFeedback) : []
  return [...own, ...dev, ...feedback]
}

function fromFeedback(line: FeedbackLine, at: number): GoldItem {
  const item: GoldItem = {
    id: `feedback-${at + 1}`,
    title: line.title,
    text: line.text,
    ...(line.lang ? { lang: line.lang } : {}),
    relevant: false,
    borderline: false,
    companies: [],
    jurisdictions: [],
    kind: null,
    stage: null,
    cluster: null,
    origin: 'feedback'
  }
  return line.verdict === 'wrong-tag' && line.tag ? { ...item, wrongTag: line.tag } : item
}

function readLines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line, at) => {
      if (line.trim() === '') return null
      try {
        return JSON.parse(line) as T
      } catch (error) {
        throw new Error(
          `${file} line ${at + 1} is not JSON, so nothing was learned: mend the line. (${(error as Error).message})`
        )
      }
    })
    .filter((item) => item !== null)
}
