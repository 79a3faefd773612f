import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'
import { packageRoot } from '../../package-root.js'
import { findFaults } from './checks.js'
import { completeEvent, completePosition, completeRule } from './complete.js'
import type { About, Ledger } from './model.js'
import { aboutFile, companiesFile, placesFile } from './schema.js'

export type { Ledger } from './model.js'

/** The ledger's files are wrong: one line a fault, each with file, record and what to do. */
export class LedgerError extends Error {
  override name = 'LedgerError'
  constructor(readonly faults: string[]) {
    super(`The ledger cannot be used until these are mended (format: ledger/README.md):\n- ${faults.join('\n- ')}`)
  }
}

/**
 * Reads and checks the whole ledger: `about.yaml`, `companies/*.yaml` and `places/*.yaml`.
 * @param folder the ledger's folder; by default the one that ships with Facelaw
 * @throws LedgerError with every fault found, by file and record
 */
export function loadLedger(folder: string = join(packageRoot, 'ledger')): Ledger {
  const faults: string[] = []
  const rawAbout = readFile(folder, 'about.yaml', aboutFile, faults)
  if (!rawAbout) throw new LedgerError(faults)
  const about: About = {
    gathered: rawAbout.gathered,
    reachesTo: rawAbout['reaches-to'],
    method: rawAbout.method,
    licence: rawAbout.licence
  }
  const ledger: Ledger = { about, companies: [], places: [], positions: [], rules: [], events: [] }
  for (const file of yamlFiles(folder, 'companies', faults)) {
    for (const block of readFile(folder, file, companiesFile, faults) ?? []) {
      const { company, aliases, parent, subjects } = block
      ledger.companies.push({ name: company, aliases, parent, subjects })
      for (const raw of block.positions) ledger.positions.push(completePosition(raw, block, about, file))
      for (const raw of block.events) ledger.events.push(completeEvent(raw, { company }, about, file))
    }
  }
  for (const file of yamlFiles(folder, 'places', faults)) {
    for (const block of readFile(folder, file, placesFile, faults) ?? []) {
      const { place, name, aliases } = block
      ledger.places.push({ code: place, name, aliases })
      for (const raw of block.rules) ledger.rules.push(completeRule(raw, place, about, file))
      for (const raw of block.events) ledger.events.push(completeEvent(raw, { place }, about, file))
    }
  }
  if (faults.length === 0) faults.push(...findFaults(ledger))
  if (faults.length > 0) throw new LedgerError(faults)
  return ledger
}

function yamlFiles(folder: string, sub: string, faults: string[]): string[] {
  try {
    const names = readdirSync(join(folder, sub)).filter((name) => name.endsWith('.yaml'))
    return names.sort().map((name) => `${sub}/${name}`)
  } catch {
    faults.push(`${sub}/ cannot be read in ${folder}: the ledger is incomplete; install Facelaw again or mend the path`)
    return []
  }
}

function readFile<T extends z.ZodType>(
  folder: string,
  file: string,
  schema: T,
  faults: string[]
): z.infer<T> | undefined {
  let content: unknown
  try {
    content = parse(readFileSync(join(folder, file), 'utf8')) ?? []
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    faults.push(`${file} cannot be read as YAML: ${why}; mind the indentation, and quote texts that hold ": " or " #"`)
    return undefined
  }
  const checked = schema.safeParse(content)
  if (checked.success) return checked.data
  for (const issue of checked.error.issues) faults.push(`${file}, ${nameFault(content, issue.path)} ${issue.message}`)
  return undefined
}

/** "record us-wa-sb-6280, steps 2 date:", from the way to a fault; people do not count records. */
function nameFault(content: unknown, path: PropertyKey[]): string {
  let value = content
  let record = ''
  let rest: string[] = []
  for (const key of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[key]
    rest.push(typeof key === 'number' ? String(key + 1) : String(key))
    const name = recordName(value)
    if (!name) continue
    record = name
    rest = []
  }
  return `${record || 'the file'}${rest.length > 0 ? `, ${rest.join(' ')}` : ''}:`
}

function recordName(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  const { id, company, place } = value as Record<string, unknown>
  if (typeof id === 'string') return `record ${id}`
  if (typeof company === 'string') return `company ${company}`
  return typeof place === 'string' ? `place ${place}` : null
}
