import { IANAZone } from 'luxon'
import { type Arguments, type CommandOption, UsageError } from './command.js'

/** The option by which a command takes a time zone; `of` says whose. */
export function zoneOption(of: string): CommandOption {
  return { name: 'zone', description: `Time zone of ${of}, such as Europe/Berlin`, type: 'zone' }
}

/** The IANA zone that was given; undefined: none was. Throws `UsageError` on what is none. */
export function readZone(args: Arguments): string | undefined {
  const zone = args.one('zone')
  if (zone === undefined || IANAZone.isValidZone(zone)) return zone
  throw new UsageError(
    `“${zone}” is no time zone that I know. It takes names such as Europe/Berlin, America/New_York or UTC.`
  )
}
