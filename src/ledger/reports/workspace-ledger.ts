import type { Store } from '../../store/store.js'
import type { Ledger } from '../record/model.js'
import { withConfirmed } from './confirmed.js'

/** The ledger as a workspace has it: the shipped records, and what it confirmed of the news. */
export async function workspaceLedger(
  store: Pick<Store, 'proposals'>,
  ledger: Ledger,
  workspaceId: number
): Promise<Ledger> {
  return withConfirmed(ledger, await store.proposals.confirmed(workspaceId))
}

/** The ledger of the workspace whose calendar has a key; null: nobody's. */
export async function ledgerOfCalendar(
  store: Pick<Store, 'proposals' | 'calendars'>,
  ledger: Ledger,
  key: string
): Promise<Ledger | null> {
  const workspaceId = await store.calendars.workspaceOf(key)
  return workspaceId === null ? null : workspaceLedger(store, ledger, workspaceId)
}
