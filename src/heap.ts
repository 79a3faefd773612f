import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * By how much the heap may grow over what lives on it before V8 collects, in percent. By itself V8 lets it grow to
 * several times that on a machine with much memory: in a burst, 150 MB of garbage and more. A process of ours has some
 * 100 MB alive, and a collection takes it a tenth of a second, mostly beside its work, once a minute in a burst.
 */
const GROWTH_PERCENT = 30

/**
 * Keeps the heap near what lives on it, from now on and in all threads; gives back what reading the lexicon and the
 * libraries left behind, some 30 MB. Once, after the start; it takes a tenth of a second.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  setFlagsFromString('--no-expose-gc')
  collect()
}
