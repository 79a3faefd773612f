import { createHash } from 'node:crypto'
import {
  type REST,
  type RESTGetAPIApplicationCommandsResult,
  type RESTPutAPIApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsResult,
  Routes
} from 'discord.js'

/** Small named values that outlive a restart. */
export interface Memory {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
}

const MEMORY_NAME = 'discord.commands'

/**
 * Registers the application's commands when they changed: when ours are not those of the last time, or when the server
 * no longer has what it answered then (lost, or overwritten by somebody else). Answers whether it registered.
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  definitions: RESTPutAPIApplicationCommandsJSONBody,
  memory: Memory
): Promise<boolean> {
  const ours = createHash('sha256').update(JSON.stringify(definitions)).digest('hex')
  const route = Routes.applicationCommands(applicationId)
  const present = (await rest.get(route)) as RESTGetAPIApplicationCommandsResult | null
  if (present && (await memory.get(MEMORY_NAME)) === stamp(ours, applicationId, present)) return false
  const registered = (await rest.put(route, { body: definitions })) as RESTPutAPIApplicationCommandsResult
  await memory.set(MEMORY_NAME, stamp(ours, applicationId, registered))
  return true
}

/** Discord gives a command a new version with each change, whoever makes it. */
function stamp(ours: string, applicationId: string, present: RESTGetAPIApplicationCommandsResult): string {
  const commands = present.map((command) => `${command.id}@${command.version}`).sort()
  return [ours, applicationId, ...commands].join(' ')
}
