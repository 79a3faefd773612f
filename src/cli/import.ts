import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { TERMINAL } from '../chat/terminal/platform.js'
import { loadDotEnv, readConfig } from '../config.js'
import { openCore } from '../core.js'
import { loadCatalogue } from '../feeds/catalogue.js'
import { createLogger } from '../log.js'
import { DELIVERY_MODES } from '../model/subscription.js'
import { KINDS, STAGES } from '../model/tags.js'
import type { Store } from '../store/store.js'
import { type CliCommand, CliUsageError } from './command.js'

export const importCommand: CliCommand = {
  name: 'import',
  summary: 'feeds (OPML or YAML) or subscriptions (YAML) from a file',
  usage: `usage: facelaw import feeds <file>            OPML, or YAML as in feeds/
       facelaw import subscriptions <file>    YAML as "facelaw export subscriptions" writes it

What is there already stays; nothing is removed. The whole file is checked before anything is changed.`,
  async run(argv, io) {
    const [what, file, ...rest] = argv
    if ((what !== 'feeds' && what !== 'subscriptions') || !file || rest.length > 0) {
      throw new CliUsageError('say what to import, and one file')
    }
    loadDotEnv()
    const config = readConfig(io.env)
    const work = what === 'feeds' ? await readFeeds(file) : await readSubscriptions(file)
    const core = await openCore({ config, logger: createLogger(io.env.LOG_LEVEL ?? 'warn'), share: true })
    try {
      io.stderr.write(`${await work(core.services.store)}\n`)
      return 0
    } finally {
      await core.close()
    }
  }
}

/** Checks the file first; the returned work changes the store and says what it did. */
type Import = (store: Store) => Promise<string>

async function readFeeds(file: string): Promise<Import> {
  const entries = await loadCatalogue([file])
  return async (store) => {
    const now = new Date()
    const { workspace } = await store.channels.ensure(TERMINAL, now)
    let added = 0
    for (const entry of entries) {
      const { already } = await store.feeds.addToWorkspace(workspace.id, entry, 'facelaw import', now)
      if (!already) added++
    }
    return `${added} feeds added, ${entries.length - added} were watched already.`
  }
}

const SUBSCRIPTIONS = z.object({
  subscriptions: z.array(
    z.strictObject({
      platform: z.enum(['slack', 'discord', 'terminal']),
      workspace: z.strictObject({ id: z.string().min(1), name: z.string() }),
      channel: z.strictObject({ id: z.string().min(1), name: z.string() }),
      mode: z.enum(DELIVERY_MODES),
      filter: z.strictObject({
        companies: z.array(z.string()).default([]),
        jurisdictions: z.array(z.string()).default([]),
        kinds: z.array(z.enum(KINDS)).default([]),
        stages: z.array(z.enum(STAGES)).default([]),
        languages: z.array(z.string()).default([]),
        words: z.array(z.string()).default([]),
        withoutWords: z.array(z.string()).default([])
      }),
      createdBy: z.string().default('facelaw import'),
      createdByName: z.string().default('facelaw import')
    })
  )
})

async function readSubscriptions(file: string): Promise<Import> {
  const parsed = SUBSCRIPTIONS.safeParse(parse(await readFile(file, 'utf8')))
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'the file'}: ${issue.message}`)
    throw new Error(`${file} cannot be imported; nothing was changed:\n${faults.join('\n')}`)
  }
  return async (store) => {
    const now = new Date()
    let added = 0
    for (const { platform, workspace, channel, ...subscription } of parsed.data.subscriptions) {
      const found = await store.channels.ensure({ platform, workspace, channel }, now)
      const { already } = await store.subscriptions.add({ channelId: found.channel.id, ...subscription }, now)
      if (!already) added++
    }
    return `${added} subscriptions added, ${parsed.data.subscriptions.length - added} were there already.`
  }
}
