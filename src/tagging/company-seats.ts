import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../package-root.js'

/** Towns whose names stand for the company that sits there: code of the town → company. */
export function loadCompanySeats(): ReadonlyMap<string, string> {
  const seats = parse(readFileSync(join(packageRoot, 'lexicon', 'company-seats.yaml'), 'utf8')) as Record<
    string,
    string
  >
  return new Map(Object.entries(seats))
}
