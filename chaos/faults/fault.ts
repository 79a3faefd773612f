import type { Random } from '../random.js'
import type { World } from '../world.js'

/** Something that goes wrong. All that is left to chance is drawn from `random`, so that the seed decides it. */
export interface Fault {
  name: string
  /** How many cards of the deck are this fault. */
  weight: number
  /** Strikes where a missing safety shows, and waits until it has struck: every run opens with these. */
  sharp?: boolean
  /** Begins it; what lasts is ended by `world.later`. Says what was done, in a few words. */
  begin(world: World, random: Random): Promise<string> | string
}
