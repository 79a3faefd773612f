import { parseArgs } from 'node:util'
import { type Day, dayOf, isPartialDate, precision } from '../ledger/dates.js'
import { EXPORT_FORMATS, type ExportFormat, exportLedger } from '../ledger/export.js'
import { loadLedger } from '../ledger/load.js'
import { type CliCommand, CliUsageError } from './command.js'

/** `facelaw export ledger`: every record of the ledger as it stood on a day, with sources and licence, on stdout. */
export const exportLedgerCommand: CliCommand = {
  name: 'ledger',
  summary: 'writes the ledger as of a day: positions, rules and events with sources and licence',
  usage: 'facelaw export ledger [--as-of 2021-06-01] [--format csv|json]',
  async run(argv, io) {
    const { asOf, format } = readArguments(argv)
    const now = dayOf(new Date())
    const text = exportLedger(loadLedger(), { asOf: asOf ?? now, now, format })
    await new Promise<void>((resolve, reject) => {
      io.stdout.write(text, (error) => (error ? reject(error) : resolve()))
    })
    return 0
  }
}

function readArguments(argv: string[]): { asOf: Day | undefined; format: ExportFormat } {
  const values = parse(argv)
  const asOf = values['as-of']
  if (asOf !== undefined && (!isPartialDate(asOf) || precision(asOf) !== 'day'))
    throw new CliUsageError(`--as-of ${asOf} is no day: write it as 2021-06-01`)
  const format = EXPORT_FORMATS.find((known) => known === (values.format ?? 'csv'))
  if (!format) throw new CliUsageError(`--format ${values.format} is not known: use csv or json`)
  return { asOf, format }
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: { 'as-of': { type: 'string' }, format: { type: 'string' } } }).values
  } catch (error) {
    throw new CliUsageError(error instanceof Error ? error.message : String(error))
  }
}
