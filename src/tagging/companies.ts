import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../package-root.js'

/** A company of lexicon/companies.tsv. */
export interface Company {
  name: string
  /** Other names and legal forms, without the marks of ambiguity. */
  aliases: string[]
  /** Products that stand for their maker. */
  products: string[]
  parent: string | null
  /** Seat, ISO 3166-1, or null where it is not known. */
  country: string | null
  /** Known for recognising faces and for nothing else: to name it is to speak of that. */
  faces: boolean
}

/** One name under which a company is found in a text. */
export interface CompanyAlias {
  company: Company
  alias: string
  product: boolean
  /** A plain word, a person or a place as well: counts only beside one of `context`. */
  ambiguous: boolean
  context: ReadonlySet<string>
  /** Words right before or after that show another thing of that name ("Amazon rainforest"). */
  notAfter: ReadonlySet<string>
  notBefore: ReadonlySet<string>
}

/** Reads lexicon/companies.tsv into companies and their names; lexicon/README.md describes the columns. */
export function loadCompanies(): { companies: Company[]; aliases: CompanyAlias[] } {
  const companies: Company[] = []
  const aliases: CompanyAlias[] = []
  const [, ...lines] = readLexicon('companies.tsv').split('\n')
  const trades = parse(readLexicon('company-trades.yaml')) as Record<string, string[]>
  for (const line of lines) {
    if (line === '') continue
    const [
      name = '',
      names = '',
      products = '',
      parent = '',
      country = '',
      faces = '',
      context = '',
      after = '',
      before = ''
    ] = line.split('\t')
    const marked = names === '' ? [] : names.split('|')
    const company: Company = {
      name,
      aliases: [...new Set(marked.map((alias) => alias.replace(/^~/, '')))].filter((alias) => alias !== name),
      products: products === '' ? [] : products.split('|'),
      parent: parent || null,
      country: country || null,
      faces: faces === 'yes'
    }
    companies.push(company)
    const shared = { company, context: contextWords(context, trades), notAfter: words(after), notBefore: words(before) }
    const plain = new Set(marked.filter((alias) => alias.startsWith('~')).map((alias) => alias.slice(1)))
    const add = (alias: string, product: boolean): void => {
      for (const form of spellings(alias))
        aliases.push({ ...shared, alias: form, product, ambiguous: plain.has(alias) })
    }
    for (const alias of [name, ...company.aliases]) add(alias, false)
    for (const product of company.products) add(product, true)
  }
  return { companies, aliases }
}

function readLexicon(file: string): string {
  return readFileSync(join(packageRoot, 'lexicon', file), 'utf8')
}

const NONE: ReadonlySet<string> = new Set()

/** The words of a cell; "@shop" stands for all words of that trade. */
function contextWords(cell: string, trades: Record<string, string[]>): ReadonlySet<string> {
  if (!cell.includes('@')) return words(cell)
  return new Set(
    [...words(cell)].flatMap((word) => (word.startsWith('@') ? wordsOfTrade(word.slice(1), trades) : word))
  )
}

function wordsOfTrade(trade: string, trades: Record<string, string[]>): string[] {
  const own = trades[trade]
  if (own) return own
  throw new Error(
    `lexicon/companies.tsv names the trade "@${trade}", which lexicon/company-trades.yaml has not: add a line "${trade}: [words, …]" there.`
  )
}

function words(cell: string): ReadonlySet<string> {
  return cell === '' ? NONE : new Set(cell.toLowerCase().split('|'))
}

/** Letters with a code above ASCII. */
const ACCENTED = /[\u0080-\uffff]/

/** A name and, where it has accents, the same without them: headlines drop them. Short names keep theirs: Pará is no "para". */
export function spellings(name: string): string[] {
  if (!ACCENTED.test(name)) return [name]
  const bare = name.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
  return bare === name || bare.length < 6 ? [name] : [name, bare]
}
