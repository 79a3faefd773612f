import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../package-root.js'
import type { Languages } from './language.js'
import { phrasePattern } from './phrase-pattern.js'

/** Concepts of the language packs that make a question one on our subject, whatever else it names. */
const OURS = ['face', 'faces', 'biometric']
/** Concepts of what people watch, and are watched by, otherwise. */
const OTHERS = ['othertech', 'otherbiometric']

/**
 * Makes a reader of questions that finds the subject of one that is plainly on something else, in any of the languages:
 * "plate readers", "drones", "DSGVO"; null where faces or biometrics are named, or nothing else is.
 */
export function createOtherSubject({ packs }: Pick<Languages, 'packs'>): (question: string) => string | null {
  const own = parse(readFileSync(join(packageRoot, 'lexicon', 'other-subjects.yaml'), 'utf8')) as Record<
    string,
    string[]
  >
  const phrases = (concepts: readonly string[]): string[] =>
    [...packs.values()].flatMap((pack) => concepts.flatMap((concept) => pack.concepts[concept] ?? []))
  const ours = phrasePattern(phrases(OURS))
  const others = phrasePattern([...phrases(OTHERS), ...Object.values(own).flat()])
  return (question) => {
    const lower = question.toLowerCase()
    const found = ours.test(lower) ? null : others.exec(lower)
    if (!found) return null
    // A stem may have matched the beginning of a word.
    const rest = /^[\p{L}\p{N}]*/u.exec(lower.slice(found.index + found[0].length))![0]
    const start = found.index + found[0].search(/[\p{L}\p{N}]/u)
    return question.slice(start, found.index + found[0].length + rest.length)
  }
}
