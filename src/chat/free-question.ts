import type { Ledger } from '../ledger/load.js'
import { findPlace } from '../ledger/places.js'
import { findCompany } from '../ledger/positions.js'

/** The most words that a name on record has. */
const LONGEST_NAME = 4

/**
 * The command that comes nearest to a question in plain words ("where does Amazon stand today?"): the company or place
 * on record that it names, the longest name first. Codes count in capitals alone, for "in" and "it" are words, too.
 */
export function commandForQuestion(question: string, ledger: Ledger): string | null {
  const words = question.split(/[\s?!.,;:“”"()]+/).filter((word) => word !== '')
  for (let length = LONGEST_NAME; length >= 1; length--) {
    for (let start = 0; start + length <= words.length; start++) {
      const name = words
        .slice(start, start + length)
        .join(' ')
        .replace(/[’']s$/, '')
      if (!/^\p{Lu}/u.test(name)) continue
      const company = findCompany(ledger, name)
      if (company) return `company ${company.name}`
      const place = placeNamed(name, ledger)
      if (place) return `jurisdiction ${place}`
    }
  }
  return null
}

function placeNamed(name: string, ledger: Ledger): string | null {
  const byName = ledger.places.find((place) => place.name.toLowerCase() === name.toLowerCase())
  if (byName) return byName.code
  return /^[A-Z]{2}/.test(name) ? (findPlace(ledger, name)?.code ?? null) : null
}
