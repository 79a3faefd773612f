import { expect, test } from '@jest/globals'
import { eachDatabase } from '../fakes/databases.js'

eachDatabase('settings and description', (database) => {
  test('a setting is kept, replaced, and null before', async () => {
    const store = await database.open()
    expect(await store.settings.get('discord.commands')).toBeNull()
    await store.settings.set('discord.commands', 'one')
    await store.settings.set('discord.commands', 'two')
    expect(await store.settings.get('discord.commands')).toBe('two')
  })

  test('tells engine, version and migration', async () => {
    const store = await database.open()
    const told = await store.describe()
    expect(told.engine).toBe(database.engine)
    expect(Number.parseInt(told.version, 10)).toBeGreaterThanOrEqual(13)
    expect(told.migration).toBeGreaterThanOrEqual(5)
  })

  test('two stores of one database see each other', async () => {
    const [one, other] = [await database.open(), await database.open()]
    await one.settings.set('name', 'value')
    expect(await other.settings.get('name')).toBe('value')
  })

  test('closing twice is the same as closing once', async () => {
    const store = await database.open()
    await Promise.all([store.close(), store.close()])
    await store.close()
  })
})
