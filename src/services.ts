import type { NameLexicon, Names } from './alerts/names.js'
import type { Command as AnyCommand, CommandContext as AnyContext } from './chat/command.js'
import type { DiscoveredFeed } from './feeds/discover.js'
import type { Ledger } from './ledger/record/load.js'
import type { TaggableText, Tags } from './model/tags.js'
import type { Store } from './store/store.js'

/** What commands work with; app.ts puts it together. */
export interface Services {
  store: Store
  lexicon: NameLexicon
  names: Names
  tag(text: TaggableText): Tags
  /** Feeds behind an address: the address itself, or those that its page names. */
  discoverFeeds(address: string): Promise<DiscoveredFeed[]>
  ledger: Ledger
  commands: readonly Command[]
  version: string
  /** Under which address the web server is reached from outside; undefined: not set. */
  publicUrl: string | undefined
  startedAt: Date
  /** The sender may have something to do. */
  wakeSender(): void
}

export type Command = AnyCommand<Services>
export type CommandContext = AnyContext<Services>
