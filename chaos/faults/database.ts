import type { Fault } from './fault.js'

/** A PostgreSQL that dies, and lines to it that are cut. PGlite lives and dies with its process. */
export const DATABASE: Fault[] = [
  {
    name: 'kill and restart PostgreSQL',
    weight: 1,
    async begin(world) {
      if (!world.database.server) return 'none here'
      await world.database.server.killAndRestart()
      return ''
    }
  },
  {
    name: 'every line to PostgreSQL is cut',
    weight: 2,
    begin(world) {
      if (!world.database.proxy) return 'none here'
      return `${world.database.proxy.cut()} lines`
    }
  },
  {
    name: 'a line to PostgreSQL is cut at a commit',
    weight: 3,
    begin(world, random) {
      if (!world.database.proxy) return 'none here'
      const when = random.pick(['before', 'after'] as const)
      const times = random.between(1, 4)
      world.database.proxy.cutAtCommit(when, times)
      return `${when === 'before' ? 'before the server has it' : 'after it, before the answer'}, ${times} times`
    }
  },
  {
    name: 'PostgreSQL does not answer for a while',
    weight: 1,
    begin(world, random) {
      const { proxy } = world.database
      if (!proxy) return 'none here'
      const milliseconds = random.between(1000, 6000)
      proxy.hold()
      world.later(milliseconds, () => proxy.mend())
      return `${milliseconds} ms`
    }
  }
]
