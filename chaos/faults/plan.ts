import type { Random } from '../random.js'
import { DATABASE } from './database.js'
import { DISCORD } from './discord.js'
import type { Fault } from './fault.js'
import { FEEDS } from './feeds.js'
import { KILLS, SUDDEN_KILLS } from './kills.js'
import { SLACK } from './slack.js'

/** Every fault that the machine knows. */
export const FAULTS: readonly Fault[] = [...KILLS, ...DATABASE, ...SLACK, ...DISCORD, ...FEEDS]

/** The same for runs that end after so many kills: more of the quick ones, and fewer that wait for their moment. */
export const MOSTLY_KILLS: readonly Fault[] = FAULTS.map((fault) => {
  if (SUDDEN_KILLS.includes(fault)) return { ...fault, weight: 8 * fault.weight }
  return fault.sharp ? { ...fault, weight: 1 } : fault
})

/** A fault that is to come, with numbers of its own and the pause after it. */
export interface Planned {
  fault: Fault
  random: Random
  pauseMs: number
}

/**
 * The faults of a run in their order: the same for the same seed. Dealt like cards, so that none is left out: the sharp
 * ones first, then the whole deck again and again.
 */
export function* planFaults(random: Random, faults: readonly Fault[] = FAULTS): Generator<Planned> {
  const sharp = faults.filter((fault) => fault.sharp)
  const deck = faults.flatMap((fault) => Array.from({ length: fault.weight }, () => fault))
  yield* deal(sharp, random)
  for (;;) yield* deal(deck, random)
}

function* deal(cards: readonly Fault[], random: Random): Generator<Planned> {
  for (const fault of random.shuffled(cards)) yield { fault, random: random.fork(), pauseMs: random.between(100, 1500) }
}
