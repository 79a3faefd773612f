import { type Arguments, type CommandOption, UsageError } from '../chat/command.js'
import { quoteIfNeeded } from '../chat/command-text.js'
import type { Filter } from '../model/subscription.js'
import { KINDS, type Kind, LANGUAGES, STAGES, type Stage } from '../model/tags.js'
import type { Names } from './names.js'

/** The options by which stories are picked, the same for every command that picks some. */
export const FILTER_OPTIONS: CommandOption[] = [
  { name: 'company', description: 'A company, such as Amazon', type: 'company', repeatable: true },
  {
    name: 'jurisdiction',
    description: 'A place: Illinois, US-WA, EU; US/* is the country with its states and cities',
    type: 'jurisdiction',
    repeatable: true
  },
  {
    name: 'kind',
    description: 'What it is: legislation, litigation …',
    type: 'kind',
    choices: KINDS,
    repeatable: true
  },
  {
    name: 'stage',
    description: 'How far legislation has come',
    type: 'stage',
    choices: STAGES,
    repeatable: true
  },
  { name: 'lang', description: 'Language of the article', type: 'language', choices: LANGUAGES, repeatable: true },
  { name: 'words', description: 'Words that must occur, any one of them', type: 'text', repeatable: true },
  { name: '-words', description: 'Words that keep a story out', type: 'text', repeatable: true }
]

/**
 * The filter that a command was given. Names become canonical: `Facebook` is `Meta`, `Illinois` is `US-IL`.
 * @throws UsageError for a name that nobody knows, with the nearest ones.
 */
export function readFilter(args: Arguments, names: Names): Filter {
  return {
    companies: unique(args.all('company').map((name) => names.company(name))),
    jurisdictions: unique(args.all('jurisdiction').map((name) => names.place(name))),
    kinds: unique(args.all('kind') as Kind[]),
    stages: unique(args.all('stage') as Stage[]),
    languages: unique(args.all('lang')),
    words: unique(args.all('words').map(checkWords)),
    withoutWords: unique(args.all('-words').map(checkWords))
  }
}

/** Longest `words:` value; a headline is shorter. */
const WORDS_LENGTH = 200

function checkWords(words: string): string {
  if (words.length > WORDS_LENGTH) throw new UsageError(`\`words:\` takes at most ${WORDS_LENGTH} characters.`)
  if (!/[\p{L}\p{N}]/u.test(words)) throw new UsageError('`words:` needs at least one letter or number.')
  return words
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}

/** In words, for lists and confirmations: `Amazon or Meta · Illinois (US-IL) · legislation · without “drone”`. */
export function describeFilter(filter: Filter, names: Names): string {
  const parts = [
    either(filter.companies),
    either(filter.jurisdictions.map((code) => names.placeWithCode(code))),
    either(filter.kinds),
    either(filter.stages),
    filter.languages.length > 0 ? `in ${either(filter.languages)}` : '',
    filter.words.length > 0 ? `with ${either(filter.words.map(quoted))}` : '',
    filter.withoutWords.length > 0 ? `without ${either(filter.withoutWords.map(quoted))}` : ''
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'everything' : parts.join(' · ')
}

/** The same as somebody would type it: `company:Amazon jurisdiction:US-IL`. */
export function filterToText(filter: Filter): string {
  const fields: [string, readonly string[]][] = [
    ['company', filter.companies],
    ['jurisdiction', filter.jurisdictions],
    ['kind', filter.kinds],
    ['stage', filter.stages],
    ['lang', filter.languages],
    ['words', filter.words],
    ['-words', filter.withoutWords]
  ]
  return fields.flatMap(([name, values]) => values.map((value) => `${name}:${quoteIfNeeded(value)}`)).join(' ')
}

function either(values: readonly string[]): string {
  return values.join(' or ')
}

function quoted(text: string): string {
  return `“${text}”`
}
