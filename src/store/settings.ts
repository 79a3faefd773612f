import type { Database } from './database.js'
import type { Store } from './store.js'

export function settingTable({ query }: Database): Store['settings'] {
  return {
    async get(name) {
      const [setting] = await query<{ value: string }>('select value from setting where name = $1', [name])
      return setting?.value ?? null
    },

    async set(name, value) {
      await query(
        'insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
        [name, value]
      )
    }
  }
}
