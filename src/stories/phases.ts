import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Kind } from '../model/tags.js'
import { packageRoot } from '../package-root.js'
import { wordPattern } from './word-pattern.js'
import { fold } from './words.js'

/** What counts as the first sentences, in characters. */
const LEAD_LENGTH = 240

const PhaseFile = z.record(z.string(), z.record(z.string(), z.array(z.string().min(1)).min(1)))

interface Phase {
  name: string
  pattern: RegExp
}

let tracks: Map<string, Phase[]> | null = null

/**
 * At which step of `lexicon/story-phases.yaml` an article stands: by its headline, or by its first sentences where the
 * headline says nothing; null when neither does, or when its kind has no steps. Throws when the file cannot be read.
 */
export function findPhase(kind: Kind | null, title: string, text: string): string | null {
  tracks ??= readTracks()
  const phases = kind === null ? undefined : tracks.get(kind)
  if (phases === undefined) return null
  return lastPhase(phases, fold(title)) ?? lastPhase(phases, fold(text.slice(0, LEAD_LENGTH)))
}

function lastPhase(phases: readonly Phase[], folded: string): string | null {
  return phases.findLast((phase) => phase.pattern.test(folded))?.name ?? null
}

/** The words of every step of every kind, under the step's name. */
export function readStepWords(): [name: string, words: string[]][] {
  return [...readFile().values()].flatMap((steps) => Object.entries(steps))
}

function readTracks(): Map<string, Phase[]> {
  return new Map(
    [...readFile()].map(([kind, steps]) => [
      kind,
      Object.entries(steps).map(([name, words]) => ({ name, pattern: wordPattern(words) }))
    ])
  )
}

function readFile(): Map<string, Record<string, string[]>> {
  const path = join(packageRoot, 'lexicon', 'story-phases.yaml')
  const file = PhaseFile.safeParse(parse(readFileSync(path, 'utf8')))
  if (!file.success) {
    throw new Error(
      `${path} is not as expected: ${z.prettifyError(file.error)}. Write "kind:" over "step: [words, …]".`
    )
  }
  return new Map(Object.entries(file.data))
}
