import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

/** Loaded into a bot before its own code: on SIGUSR2 it collects garbage and writes what is left to stderr, in bytes. */
if (isMainThread) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  process.on('SIGUSR2', () => {
    collect()
    process.stderr.write(`heap ${process.memoryUsage().heapUsed}\n`)
  })
}
