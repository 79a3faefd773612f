import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { LANGUAGES } from '../model/tags.js'
import { packageRoot } from '../package-root.js'
import { wordPattern, wordsBefore } from './word-pattern.js'
import { fold } from './words.js'

/** Headings of words that a text has or has not. */
const SAID = [
  'struck-down',
  'undone',
  'reduced',
  'cancelled',
  'draft',
  'final',
  'refused',
  'rule',
  'ahead',
  'in-force',
  'pause'
] as const
type Said = (typeof SAID)[number]
const HEADINGS = [...SAID, 'until'] as const

const ChangeWordsFile = z.record(z.enum(LANGUAGES), z.record(z.enum(HEADINGS), z.array(z.string().min(1)).min(1)))

/** The day, month or year on which something ends, behind "until": `10 June 2021`, `10. juni 2021`, `june 2021`, `2021`. */
const DATE_BEHIND = String.raw`(?:\s+\p{L}{1,5}\b){0,2}?\s+((?:\d{1,2}\.?\s+)?(?:de\s+)?(?:\p{L}{3,10}\.?\s+)?(?:de\s+|\d{1,2},?\s+)?20\d\d)`

interface ChangeWords {
  patterns: Record<Said, RegExp>
  end: RegExp
}

let words: ChangeWords | null = null

/** Whether a text, in any of the languages, has words of that heading of `lexicon/change-words.yaml`. */
export function says(heading: Said, text: string): boolean {
  return load().patterns[heading].test(plain(text))
}

/** Until when, as the text words it, folded (`june 2021`); null when it names no such day, month or year. */
export function endDate(text: string): string | null {
  return load().end.exec(plain(text))?.[1] ?? null
}

/** Folded, and with one sign for all apostrophes. */
function plain(text: string): string {
  return fold(text).replaceAll('’', "'")
}

function load(): ChangeWords {
  words ??= readWords(join(packageRoot, 'lexicon', 'change-words.yaml'))
  return words
}

function readWords(path: string): ChangeWords {
  const file = ChangeWordsFile.safeParse(parse(readFileSync(path, 'utf8')))
  if (!file.success) {
    throw new Error(
      `${path} is not as expected: ${z.prettifyError(file.error)}. Each language has the headings ${HEADINGS.join(', ')}, each a list of words.`
    )
  }
  const of = (heading: (typeof HEADINGS)[number]) => Object.values(file.data).flatMap((language) => language[heading])
  return {
    patterns: Object.fromEntries(SAID.map((heading) => [heading, wordPattern(of(heading))])) as ChangeWords['patterns'],
    end: wordsBefore(of('until'), DATE_BEHIND)
  }
}
