import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../package-root.js'

/** A company of lexicon/companies.yaml. */
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
  context: Set<string>
  /** Words right before or after that show another thing of that name ("Amazon rainforest"). */
  notAfter: Set<string>
  notBefore: Set<string>
}

interface CompanyLine {
  name: string
  aliases?: string[]
  products?: string[]
  parent?: string
  country?: string | null
  faces?: boolean
  context?: string[]
  notAfter?: string[]
  notBefore?: string[]
}

/** Reads lexicon/companies.yaml into companies and their names. */
export function loadCompanies(): { companies: Company[]; aliases: CompanyAlias[] } {
  const lines = parse(readFileSync(join(packageRoot, 'lexicon', 'companies.yaml'), 'utf8')) as CompanyLine[]
  const companies: Company[] = []
  const aliases: CompanyAlias[] = []
  for (const line of lines) {
    const plain = (line.aliases ?? []).map((alias) => alias.replace(/^~/, ''))
    const company: Company = {
      name: line.name,
      aliases: [...new Set(plain.filter((alias) => alias !== line.name))],
      products: line.products ?? [],
      parent: line.parent ?? null,
      country: line.country ?? null,
      faces: line.faces ?? false
    }
    companies.push(company)
    const context = new Set((line.context ?? []).map((word) => word.toLowerCase()))
    const notAfter = new Set((line.notAfter ?? []).map((word) => word.toLowerCase()))
    const notBefore = new Set((line.notBefore ?? []).map((word) => word.toLowerCase()))
    const add = (alias: string, product: boolean, ambiguous: boolean): void => {
      for (const form of spellings(alias))
        aliases.push({ company, alias: form, product, ambiguous, context, notAfter, notBefore })
    }
    const ambiguous = new Set(
      (line.aliases ?? []).filter((alias) => alias.startsWith('~')).map((alias) => alias.slice(1))
    )
    for (const alias of new Set([line.name, ...plain])) add(alias, false, ambiguous.has(alias))
    for (const product of company.products) add(product, true, false)
  }
  return { companies, aliases }
}

/** A name and, where it has accents, the same without them: headlines drop them. Short names keep theirs: Pará is no "para". */
export function spellings(name: string): string[] {
  const bare = name.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
  return bare === name || bare.length < 6 ? [name] : [name, bare]
}
