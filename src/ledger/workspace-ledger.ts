import type { Store } from '../store/store.js'
import { withConfirmed } from './confirmed.js'
import type { Ledger } from './model.js'

/** The ledger as a workspace has it: the shipped records, and what it confirmed of the news. */
export async function workspaceLedger(
  store: Pick<Store, 'proposals'>,
  ledger: Ledger,
  workspaceId: number
): Promise<Ledger> {
  return withConfirmed(ledger, await store.proposals.confirmed(workspaceId))
}
