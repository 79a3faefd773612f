import type { Command } from '../src/services.js'
import { company } from './company.js'
import { compare } from './compare.js'
import { deadlines } from './deadlines.js'
import { digest } from './digest.js'
import { feeds } from './feeds.js'
import { help } from './help.js'
import { jurisdiction } from './jurisdiction.js'
import { latest } from './latest.js'
import { ledger } from './ledger.js'
import { search } from './search.js'
import { status } from './status.js'
import { subscribe } from './subscribe.js'
import { subscriptions } from './subscriptions.js'
import { unsubscribe } from './unsubscribe.js'
import { why } from './why.js'

/** Every slash command, in the order in which `help` shows them. To add one: write its file, list it here. */
export const commands: readonly Command[] = [
  help,
  latest,
  search,
  company,
  jurisdiction,
  compare,
  deadlines,
  ledger,
  subscribe,
  unsubscribe,
  subscriptions,
  digest,
  feeds,
  why,
  status
]
